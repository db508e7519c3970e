-- grain: one row per area and each of the areas it lies in, itself included
-- needs: facts.areas
-- Four steps up suffice from a grid to a city of many districts; a circle of parents cannot run on.
WITH steps AS (
    SELECT area_no, area_no AS ancestor_no FROM facts.areas
    UNION
    SELECT a.area_no, a.parent_no FROM facts.areas AS a
    UNION
    SELECT a.area_no, b.parent_no
    FROM facts.areas AS a
    INNER JOIN facts.areas AS b ON b.area_no = a.parent_no
    UNION
    SELECT a.area_no, c.parent_no
    FROM facts.areas AS a
    INNER JOIN facts.areas AS b ON b.area_no = a.parent_no
    INNER JOIN facts.areas AS c ON c.area_no = b.parent_no
    UNION
    SELECT a.area_no, d.parent_no
    FROM facts.areas AS a
    INNER JOIN facts.areas AS b ON b.area_no = a.parent_no
    INNER JOIN facts.areas AS c ON c.area_no = b.parent_no
    INNER JOIN facts.areas AS d ON d.area_no = c.parent_no
)
SELECT
    s.area_no,
    a.level,
    s.ancestor_no
FROM steps AS s
INNER JOIN facts.areas AS a ON a.area_no = s.ancestor_no
