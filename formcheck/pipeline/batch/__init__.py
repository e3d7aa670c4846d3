"""Many clips: found in folders, each scored once by its content, here or on a cluster, kept as they finish."""
