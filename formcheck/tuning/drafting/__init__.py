"""A first draft of a pose file, from a clip of a person doing it right: numbers are proposed, words left to the author."""
