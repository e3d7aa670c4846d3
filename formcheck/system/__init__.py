"""The operating system: files and folders, processes, signals, screens, native libraries."""
