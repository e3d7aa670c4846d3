"""The commands, a file each, by the word that is typed."""
