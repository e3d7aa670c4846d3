"""The endings by which files of a folder are taken for videos or photos, in small letters."""

VIDEOS = (".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi", ".mpg", ".mts", ".wmv", ".3gp")

PHOTOS = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".jp2", ".avif")
