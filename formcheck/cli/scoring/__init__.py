"""What `formcheck score` does once its words are understood: one clip, or many."""
