"""What a comparison holds: frozen records that are kept as strict JSON, and when there are enough replications of them.

Studies beside the comparison keep their records in their own rooms; all of them stand on ``records.py``.
"""
