use serde_json::json;

use super::*;

fn read(text: &str) -> Result<Records, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Something in every field that there is.
fn everything() -> Evidence {
    serde_json::from_value(json!({
        "profile": {
            "name": "Contoso", "partner_id": "4200001", "country": "US",
            "joined_on": "2021-05-17", "verification": "accepted",
        },
        "people": [
            {
                "id": "p1", "name": "Ada Berg", "email": "ada@contoso.example",
                "linked_on": "1990-01-01", "left_on": "2100-12-31",
                "authority": "confirmed", "claimed_left_on": "2100-12-30",
                "certificates": [
                    {
                        "certificate": "az-104", "completed_on": "2022-09-30",
                        "expires_on": "2023-09-30", "known_on": "2022-10-01", "source": "a.csv",
                        "authority": "confirmed",
                    },
                    { "certificate": "az-104", "completed_on": "2020-02-29" },
                ],
            },
            { "id": "p2", "name": "Bén Çole", "certificates": [] },
        ],
        "customers": [
            {
                "id": "c1", "name": "Fabrikam",
                "associations": [
                    {
                        "kind": "cpor_usage", "workload": "teams", "since": "2023-03-06",
                        "active_percent": "20/3", "source": "a.csv", "authority": "confirmed",
                    },
                    { "kind": "pal", "since": "2023-03-06" },
                ],
            },
        ],
        "usage": [
            {
                "customer": "c1", "tenant": "t1", "subscription": "s1", "workload": "teams",
                "association": "cpor_usage", "month": "2023-10", "revenue_cents": -211_200,
                "users": 18_446_744_073_709_551_615_u64, "seats": 240, "active": 149,
                "source": "api", "authority": "made_here",
            },
            { "customer": "c1", "workload": "teams", "association": "dpor", "month": "1969-12" },
        ],
        "memberships": [
            { "program": "action-pack", "started_on": "2023-02-13", "ends_on": "2024-02-13", "authority": "made_here" },
        ],
        "declarations": [{ "key": "k", "holds": true, "declared_on": "2023-02-13" }],
    }))
    .expect("evidence")
}

#[test]
fn what_is_unpacked_is_what_was_packed() {
    for evidence in [Evidence::default(), everything()] {
        let packed = pack(&evidence).expect("packed");
        assert_eq!(unpack(&packed, read), Ok(evidence));
    }
}

/// Pages of one version may talk with a server of another, so a change of form must be told.
#[test]
fn the_form_is_what_its_number_says() {
    let mut evidence = everything();
    evidence.people.truncate(1);
    let written = pack(&evidence).expect("packed").escape_ascii().to_string();
    assert!(written.starts_with("\\x03"), "{written}");
    // The records before these are JSON, which says itself what it is.
    let rows = [
        r"\x07\x06az-104\x05a.csv\x05teams\x02c1\x02t1\x02s1\x03api\x01\x01\x02",
        r"\x02p1\x08Ada Berg\x01\x13ada@contoso.example\x01\x92r",
        r"\x01\xcc\xeb\x05\x01\x01\xca\xeb\x05",
        r"\x02\x00\x82\xad\x02\x01\xdc\xb2\x02\x01\x84\xad\x02\x01\x01\x01",
        r"\x00\xa2\x9e\x02\x00\x00\x00\x00",
        r"\x02c1\x08Fabrikam",
        r"\x02\x04\x01\x02\xbc\xaf\x02\x01\x0420/3\x01\x01\x01\x03\x00\xbc\xaf\x02\x00\x00\x00",
        r"\x03\x01\x04\x01\x05\x02\x04\x8a\n\xff\xe3\x19",
        r"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\xf0\x01\x95\x01\x01\x06\x02",
        r"\x03\x00\x00\x02\x02\x01\x00\x00\x00\x00\x00\x00",
    ];
    assert!(written.ends_with(&rows.concat()), "{written}");
}

#[test]
fn damage_is_told_wherever_it_is() {
    let packed = pack(&everything()).expect("packed");
    for end in 0..packed.len() {
        assert!(unpack(&packed[..end], read).is_err(), "cut at {end}");
    }
    let longer = [packed.as_slice(), &[0]].concat();
    assert_eq!(unpack(&longer, read), Err(DAMAGED.to_owned()));
    let other = [&[FORM + 1], &packed[1..]].concat();
    assert!(unpack(&other, read).is_err_and(|why| why.contains("another version")));
    // The last byte of a row of usage says who says it; nobody is number three.
    let (nobody, rows) = packed.split_last().expect("bytes");
    assert_eq!(*nobody, 0);
    let unknown = [rows, &[3]].concat();
    assert_eq!(unpack(&unknown, read), Err(DAMAGED.to_owned()));
    for at in 1..packed.len() {
        for with in [0x00, 0x7f, 0xff] {
            let mut broken = packed.clone();
            broken[at] = with;
            // Something else, or nothing: never a panic, and never more memory than there is.
            let _ = unpack(&broken, read);
        }
    }
}
