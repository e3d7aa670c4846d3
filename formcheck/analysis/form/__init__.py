"""What is said of the form at one moment: the verdict, how sure it is, and the cause of every lost point."""
