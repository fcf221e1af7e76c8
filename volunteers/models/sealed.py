"""Which columns of this app hold sealed values."""

from accounts import sealing

# Numbers of papers; at first they were bound to the outcome alone.
NUMBER = sealing.column("volunteers_outcome", "number_sealed", formerly="outcome:{}", key="case_id")
