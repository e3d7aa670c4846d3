"""What people have to be able to trust, tried many times: damaged media, hostile data files, kills, system calls.

    python -m tests.trust
    python -m tests.trust --only media --count 50

Every case comes from its seed and number alone: nothing of the corpus is stored. What was found goes to `docs/trust.json`, and
`docs/trust.md` is written from that; a part that is not run again keeps its rows. A few of the cases run with the tests.
"""
