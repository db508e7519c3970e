"""The data side of the Red Steward Board: exports in, facts, marts, metrics and rankings out.

Knows nothing of screens: never imports dashboard, streamlit, plotly or pydeck.
"""
