"""What people have to be able to trust, tried many times: damaged media, hostile data files, kills, system calls; and the tests
of every kind of file and fault that is known to go wrong.

    python -m tests.trust
    python -m tests.trust --only media --count 50
    python -m tests.trust --only kinds

Every case comes from its seed and number alone: nothing of the corpus is stored. What was found goes to `docs/trust.json`, and
`docs/trust.md` is written from that; a part that is not run again keeps its rows. A few of the cases run with the tests.
"""
