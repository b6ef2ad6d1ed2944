use super::*;
use crate::testing::Outcome as Tested;

fn options(folder: &Path, text: &str) -> std::io::Result<Options> {
    let file = folder.join("export.csv");
    fs::write(&file, text)?;
    Ok(Options {
        file,
        evidence: None,
        catalog: None,
        dates: None,
        decimals: None,
        similar_names: None,
        confirmed: false,
        output: Some(folder.join("evidence.json")),
        refused: Some(folder.join("refused.csv")),
    })
}

#[test]
fn an_export_becomes_evidence_and_its_faults_a_file() -> Tested {
    let folder = tempfile::tempdir()?;
    let text = "Certificate,Name,Email,CompletedOn\n\
                AZ-104,Ada Berg,ada@contoso.example,31/05/2023\n\
                =1+1,Ada Berg,ada@contoso.example,31/05/2023\n\
                zebra,\"Berg, Ada\",ada@contoso.example,01/02/2023\n";
    let options = options(folder.path(), text)?;
    let said = imported(&options)?;
    assert!(said.contains("1 added, 0 changed"), "{said}");
    assert!(
        said.contains("line 4, Certificate: The catalog has no"),
        "{said}"
    );
    let refused = fs::read_to_string(folder.path().join("refused.csv"))?;
    assert!(
        refused.contains("3,Certificate,'=1+1,Must not begin like"),
        "{refused}"
    );

    let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
    let output = folder.path().join("evidence.json");
    let evidence = assess::read(&output, &catalog)?;
    assert_eq!(
        evidence.people[0].certificates[0].certificate.as_str(),
        "az-104"
    );
    let again = Options {
        evidence: Some(output),
        output: None,
        ..options
    };
    let said = imported(&again)?;
    assert!(said.contains("0 added, 0 changed, 1 unchanged"), "{said}");
    assert!(said.contains("Nothing was written"), "{said}");
    Ok(())
}

#[test]
fn what_is_open_is_asked_and_nothing_is_written() -> Tested {
    let folder = tempfile::tempdir()?;
    let text = "Certificate,Name,Email,CompletedOn\nAZ-104,Ada,a@contoso.example,01/02/2023\n";
    let mut options = options(folder.path(), text)?;
    let asked = imported(&options)
        .err()
        .ok_or("it was guessed")?
        .to_string();
    assert!(asked.contains("01/02/2023 in CompletedOn"), "{asked}");
    assert!(!folder.path().join("evidence.json").exists());
    options.dates = Some(Order::MonthFirst);
    imported(&options)?;
    let written = fs::read_to_string(folder.path().join("evidence.json"))?;
    assert!(written.contains("2023-01-02"), "{written}");
    Ok(())
}

#[test]
fn what_has_not_happened_yet_is_refused() -> Tested {
    let folder = tempfile::tempdir()?;
    let text = "Certificate,Name,Email,CompletedOn\nAZ-104,Ada,a@contoso.example,2099-01-31\n";
    let said = imported(&options(folder.path(), text)?)?;
    assert!(said.contains("in the future"), "{said}");
    Ok(())
}

#[test]
fn a_file_that_is_too_large_is_not_read() -> Tested {
    let folder = tempfile::tempdir()?;
    let options = options(folder.path(), "")?;
    // It has no bytes on the disk, and as many as a disk may have.
    fs::File::create(&options.file)?.set_len(1 << 40)?;
    let refused = imported(&options).err().ok_or("it was read")?.to_string();
    assert!(refused.contains("larger than 32 MB"), "{refused}");
    Ok(())
}

#[test]
fn what_is_changed_is_told_and_how_many_lines_are_not_listed() -> Tested {
    let folder = tempfile::tempdir()?;
    let row =
        |person: u8, day: &str| format!("AZ-104,Ada {person},p{person}@contoso.example,{day}\n");
    let all = |day: &str| -> String { (0..30).map(|person| row(person, day)).collect() };
    let header = "Certificate,Name,Email,CompletedOn\n";
    let options = options(folder.path(), &format!("{header}{}", all("2023-05-31")))?;
    imported(&options)?;
    let whole = folder.path().join("evidence.json");
    let (another_name, before) = (folder.path().join("linked"), fs::read_to_string(&whole)?);
    fs::hard_link(&whole, &another_name)?;
    let (renewed, wrong) = (all("2023-10-31"), all("2023-02-30"));
    fs::write(&options.file, format!("{header}{renewed}{wrong}"))?;
    let known = options.output.clone();
    let said = imported(&Options {
        evidence: known,
        ..options
    })?;
    for line in [
        "The first 20 of 30 changed lines:",
        "  line 2: changes Ada 0, AZ-104: completed 2023-05-31 \u{2192} 2023-10-31",
        "The first 20 of 30 refused lines:",
    ] {
        assert!(said.lines().any(|one| one == line), "{line} in {said}");
    }
    let names = fs::read_dir(folder.path())?;
    assert_eq!(names.count(), 4, "nothing is left beside what was written");
    assert_ne!(fs::read_to_string(&whole)?, before);
    let kept = fs::read_to_string(&another_name)?;
    assert_eq!(kept, before, "it was replaced, and not written over");
    Ok(())
}

#[test]
fn the_program_owner_confirms_and_a_partner_then_changes_nothing() -> Tested {
    let folder = tempfile::tempdir()?;
    let header = "Certificate,Name,Email,CompletedOn,ExpiresOn\n";
    let row = "AZ-104,Ada Berg,ada@contoso.example,2023-05-31";
    let claimed = options(folder.path(), &format!("{header}{row},2024-05-31\n"))?;
    imported(&claimed)?;
    let evidence = folder.path().join("evidence.json");
    assert!(!fs::read_to_string(&evidence)?.contains("confirmed"));
    let confirmed = Options {
        evidence: Some(evidence.clone()),
        confirmed: true,
        ..options(folder.path(), &format!("{header}{row},2024-05-31\n"))?
    };
    let said = imported(&confirmed)?;
    assert!(said.contains("1 changed"), "{said}");
    assert!(fs::read_to_string(&evidence)?.contains("\"authority\": \"confirmed\""));
    let again = Options {
        evidence: Some(evidence.clone()),
        ..options(folder.path(), &format!("{header}{row},2030-05-31\n"))?
    };
    let said = imported(&again)?;
    assert!(
        said.contains("line 2, CompletedOn: The program owner confirmed this"),
        "{said}"
    );
    assert!(!fs::read_to_string(&evidence)?.contains("2030"));
    Ok(())
}

#[test]
fn rows_of_a_document_that_say_nothing_are_confirmed_too_and_others_say_it_themselves() -> Tested {
    let folder = tempfile::tempdir()?;
    let text = r#"{"people": [{"id": "a", "name": "Ada Berg", "linked_on": "2023-05-31",
        "certificates": [
            {"certificate": "az-104", "completed_on": "2023-05-31"},
            {"certificate": "az-305", "completed_on": "2023-05-31", "authority": "claimed"}]}],
        "audits": [{"program": "azure-expert-msp", "decided_on": "2023-05-01", "passed": true}]}"#;
    let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
    let said = |confirmed| -> Result<Vec<&'static str>, anyhow::Error> {
        let options = Options {
            confirmed,
            ..options(folder.path(), text)?
        };
        imported(&options)?;
        let evidence = assess::read(&folder.path().join("evidence.json"), &catalog)?;
        let ada = &evidence.people[0];
        let held = ada.certificates.iter().map(|held| held.authority);
        let all = [ada.authority, evidence.audits[0].authority];
        Ok(all.into_iter().chain(held).map(|one| one.code()).collect())
    };
    let (claimed, confirmed) = ("claimed", "confirmed");
    assert_eq!(said(false)?, [claimed; 4]);
    assert_eq!(said(true)?, [confirmed, confirmed, confirmed, claimed]);
    Ok(())
}
