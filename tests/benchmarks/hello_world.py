"""The yardstick of the browser's measurements: the smallest Streamlit page that has a choice."""

import streamlit as st

st.title("Hello, world")
name = st.selectbox("Name", ["world", "moon", "sun"])
st.write(f"Hello, {name}!")
