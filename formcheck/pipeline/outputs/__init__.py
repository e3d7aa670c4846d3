"""What is made of the moments: annotated video, tables, documents, the summary at the terminal."""
