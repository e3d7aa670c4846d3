"""What is stored of a person: profile, history, answers to the safety questions, and what follows from them."""
