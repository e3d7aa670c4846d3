"""What the container of a video tells: packets and their times, whether it is whole, and how its pictures are shown."""
