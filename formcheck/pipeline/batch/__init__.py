"""Many clips: found in folders, each scored once by its content, here or on a cluster, stored as they finish."""
