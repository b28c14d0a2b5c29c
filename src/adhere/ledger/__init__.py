"""The ledger: a Merkle tree of commitments, signed checkpoints, proofs and offline verification.

Tree: RFC 6962 §2.1; verification: RFC 9162 §2.1; tiles, notes, checkpoints, cosignatures and
proofs: C2SP tlog-tiles, signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof.
"""
