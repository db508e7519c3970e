"""The board: screens over the answers of `pipelines`, served by Streamlit."""
