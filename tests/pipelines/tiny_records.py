"""The records of a district small enough to count by hand; data until 2024-02-29, a leap day.

Two subdistricts, three communities (C1 and C2 in S1, C3 in S2), five units, ten people, one fourth quarter
of 2023 and a first quarter of 2024 that is not over.
"""

from datetime import date

from pipelines.district import District

DATA_UNTIL = "2024-02-29"

DISTRICT = District.model_validate(
    {
        "score_lines": [{"effective_from": date(2023, 7, 1), "excellent": 30, "good": 15, "pass": "12.5"}],
        "ranking": {"commend": 1, "explain": 1},
        "points": {"annual_target": 30, "class_targets": {"6": 5}},
        "checkins": {"datum": "wgs84"},
        "stewards": {"code_pattern": "^(?P<number>[0-9])?[A-Z]$"},
    },
    strict=False,
)

RECORDS = {
    # C3 has no registered point.
    "areas": """
        area_code name   level       parent_code longitude latitude
        D         示例区 district    -           -         -
        S1        东街道 subdistrict D           -         -
        S2        西街道 subdistrict D           -         -
        C1        甲社区 community   S1          112.0     31.0
        C2        乙社区 community   S1          112.1     31.0
        C3        丙社区 community   S2          -         -
        G1        一网格 grid        C1          -         -
    """,
    # U2 is linked to C2, but its only person serves in C3; U5 has nobody.
    "units": """
        unit_id name   kind ranking_group community_code
        U1      一局   机关 甲            C1
        U2      二局   机关 甲            C2
        U3      三局   机关 甲            C3
        U4      四局   机关 甲            -
        U5      五公司 企业 乙            C1
    """,
    # On 2023-12-31: A, B in U1; C in U2; E (joined that very day) in U3; F in U4 since 12-15; H, I, J residents.
    # D left on 12-31 and is not on the roster of that day. On 2024-02-29: G has joined U4 that day, I has left.
    "stewards": """
        steward_id name steward_number unit_id community_code grid_code building party_member phone households joined_on  left_on
        A          张一 2              U1      C1             -         -        true         1     -          2023-01-01 -
        B          张二 2              U1      C1             -         -        false        2     -          2023-01-01 -
        C          张三 2              U2      C3             -         -        false        3     -          2023-01-01 -
        D          张四 2              U2      C2             -         -        false        4     -          2023-01-01 2023-12-31
        E          张五 2              U3      C3             -         -        false        5     -          2023-12-31 -
        F          张六 2              U3      C2             -         -        false        6     -          2023-01-01 2023-12-15
        F          张六 2              U4      C3             -         -        false        6     -          2023-12-15 -
        G          张七 2              U4      C3             -         -        true         7     -          2024-02-29 -
        H          张八 6              -       C1             G1        1        true         8     10         2023-01-01 -
        I          张九 5              -       C2             -         -        false        9     20         2023-01-01 2024-02-29
        J          张九 5              -       C2             -         -        false        9     4          2023-01-01 -
    """,
    # Earned in 2023Q4: A 20+10 (the redemption takes nothing away) = 30; C 20+20-5-5 = 30 (a deduction is written
    # positive, a correction negative); D 100, who is gone; E 15, earned before joining; F 8 at U3 and 4 at U4 = 12;
    # H 3 + 1.5 = 4.5. A's entry at midnight of 2024-01-01 belongs to 2024.
    "points": """
        entry_id steward_id occurred_at         points kind     task_id merchant_id
        P01      A          2023-07-15_09:00:00 9      派单任务 -       -
        P02      A          2023-10-01_00:00:00 20     派单任务 T1      -
        P03      A          2023-12-31_23:59:59 10     打卡     -       -
        P04      A          2024-01-01_00:00:00 7      打卡     -       -
        P05      A          2023-11-01_10:00:00 25     兑换     -       M1
        P06      A          2023-11-02_10:00:00 2      抽奖     -       -
        P07      C          2023-10-05_10:00:00 20     派单任务 -       -
        P08      C          2023-10-06_10:00:00 20     突发任务 -       -
        P09      C          2023-11-06_10:00:00 5      扣减     -       -
        P10      C          2023-11-07_10:00:00 -5     日常任务 -       -
        P11      D          2023-12-01_10:00:00 100    奖励     -       -
        P12      E          2023-10-10_10:00:00 15     志愿服务 -       -
        P13      F          2023-12-01_10:00:00 8      派单任务 -       -
        P14      F          2023-12-20_10:00:00 4      打卡     -       -
        P15      H          2023-12-02_10:00:00 3      打卡     -       -
        P16      H          2023-12-03_10:00:00 1.5    奖励     -       -
    """,
    # T2 is published in September and accepted in October; T3 is never accepted; T4 is accepted in the first second
    # of 2024 and due after data until.
    "tasks": """
        task_id title category kind channel community_code grid_code published_at        due_at              accepted_at         routed_at           feedback_at         closed_at
        T1      扫雪  环境     派单 线上    C1             G1        2023-10-01_08:00:00 2023-10-06_00:00:00 2023-10-02_08:00:00 2023-10-02_10:00:00 2023-10-03_10:00:00 2023-10-05_10:00:00
        T2      停水  隐患     突发 线上    C1             -         2023-09-30_08:00:00 2023-10-05_00:00:00 2023-10-01_08:00:00 2023-10-01_14:00:00 -                   2023-10-10_08:00:00
        T3      清渠  环境     派单 走访    C2             -         2023-10-31_08:00:00 2023-11-05_00:00:00 -                   -                   -                   -
        T4      走访  宣传     日常 -       C3             -         2023-12-31_23:59:59 2024-03-05_00:00:00 2024-01-01_00:00:00 -                   -                   -
    """,
    "claims": """
        claim_id task_id steward_id claimed_at          completed_at        verified_at         verifier_id verdict stars
        L1       T1      A          2023-10-02_09:00:00 2023-10-03_09:00:00 2023-10-04_09:00:00 H           通过    5
        L2       T1      B          2023-10-02_10:00:00 -                   -                   -           -       -
        L3       T2      A          2023-10-03_10:00:00 2023-10-04_10:00:00 2023-11-01_10:00:00 A           退回    3
    """,
    # 0.00044876 degrees of latitude are 49.9 m, 0.00045057 are 50.1 m.
    "checkins": """
        checkin_id steward_id community_code checked_in_at       longitude latitude
        K1         A          C1             2023-10-02_09:00:00 112.0     31.0
        K2         A          C1             2023-10-03_09:00:00 112.0     31.00044876
        K3         C          C2             2023-10-04_09:00:00 112.1     31.00045057
        K4         C          C3             2023-12-05_09:00:00 112.15    31.0
        K5         H          C1             2023-12-05_09:00:00 112.0     31.0
    """,
    # W2 waits for 60 days, W3 since the morning of the last day.
    "wishes": """
        wish_id community_code category small_kind channel collected_at        adopted_at          adopter_id fulfilled_at
        W1      C1             老人     小困难     线上    2023-12-31_23:00:00 2024-01-02_09:00:00 A          2024-02-01_09:00:00
        W2      C1             儿童     小建议     线上    2023-12-31_23:30:00 2024-01-02_09:00:00 A          -
        W3      C3             老人     -          -       2024-02-29_09:00:00 -                   -          -
    """,
    # Weights of those with an opinion: 2 + 1 + 1 = 4, of them safe 2 + 1 = 3; squares 4 + 1 + 1 = 6.
    "safety": """
        response_id wave       surveyed_on community_code answer   weight
        R1          2023下半年 2023-11-10  C1             很安全   2
        R2          2023下半年 2023-11-11  C1             不安全   1
        R3          2023下半年 2023-11-12  C3             安全     -
        R4          2023下半年 2023-11-12  C3             不了解   1
    """,
    "satisfaction": """
        response_id wave       surveyed_on community_code unit_id topic    answer   weight
        R1          2023下半年 2023-12-10  C1             U1      领办实事 5        -
        R2          2023下半年 2023-12-10  C1             U1      领办实事 2        -
        R3          2024上半年 2024-02-10  C3             -       环境     基本满意 -
    """,
    "bulletins": """
        wave       indicator area_code value rank ranked_of
        2023下半年 安全感    D         98.9  31   103
        2023下半年 满意度    D         95.5  40   103
        2023下半年 安全感    S1        97.1  3    20
    """,
    "sites": """
        site_id kind   name   community_code
        Z1      驿站   一驿站 C1
        Z2      驿站   二驿站 C1
        Z3      工作室 工作室 C2
        M1      商户   小卖部 C3
    """,
    "projects": """
        project_id name   kind community_code steward_id started_on finished_on quantity suffix
        J1         拆一处 拆违 C1             A          2023-10-01 2023-12-31  100.5    平方米
        J2         拆二处 拆违 C2             A          2023-10-01 -           50       平方米
        J3         修一段 管网 C2             C          2023-11-01 2023-12-01  1.8      公里
    """,
    "meetings": """
        meeting_id kind         community_code held_on    attendees raised settled
        Y1         积分奖励大会 C1             2023-12-20 30        -      -
        Y2         议事厅       C1             2023-12-21 12        4      3
    """,
    "activities": """
        activity_id kind     community_code unit_id held_on    participants served
        V1          志愿服务 C1             U1      2023-12-09 20           35
    """,
    "incidents": """
        incident_id kind community_code occurred_on closed_on
        X1          信访 C2             2023-10-09  -
    """,
    "honours": """
        honour_id steward_id kind       awarded_on
        N1        F          红管家之星 2023-12-10
        N2        F          红管家之星 2023-12-20
        N3        A          红管家之星 2023-11-30
        N4        A          金质       2023-12-31
    """,
}
