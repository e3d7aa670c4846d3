"""What is kept of a person: profile, history, answers to the safety questions, and what follows from them."""
