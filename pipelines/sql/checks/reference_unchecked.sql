-- severity: info
-- export: (column)
-- needs: meta.unchecked_references
SELECT
    export,
    column_name AS key,
    CAST(rows AS VARCHAR) || ' 条记录的 ' || column_name || ' 没有核对：没有收到 ' || target || ' 的导出文件' AS message
FROM meta.unchecked_references
