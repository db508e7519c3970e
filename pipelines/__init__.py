"""The data side of the Red Steward Board: exports in, facts, marts, metrics and rankings out.

Knows nothing of screens: never imports dashboard, streamlit, plotly or pydeck.
"""

import os

# NumPy's linear algebra, which nothing here uses, would begin a thread for each core and keep all of them busy for a
# tenth of a second at every start of a program.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
