//! What became of imported files: results, messages that wait, correcting and choosing.

use access::Task;
use domain::{
    BatchId, MessageId, PatientId,
    patient::{Address, Patient},
};
use interop::{Issue, Report, doses, hl7, table};
use matching::Wanted;
use store::{Batch, Message, Tx};

use crate::{
    Caller, Import, ImportKind, Registry, RegistryError, Result,
    audit::Act,
    import_apply::{Desk, Known, entry},
    people::keys_of,
};

impl Registry {
    /// The office's files, the newest first, and what waits for somebody.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report.
    pub async fn imports(&self, caller: &Caller) -> Result<(Vec<Batch>, Vec<Message>)> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        Ok((tx.batches(site).await?, tx.open_messages(site).await?))
    }

    /// One file with its messages that are not simply accepted.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's.
    pub async fn import_result(&self, caller: &Caller, id: BatchId) -> Result<(Batch, Vec<Message>)> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        let batch = tx.batch(site, id).await?.ok_or(RegistryError::NotFound)?;
        Ok((batch, tx.batch_messages(id).await?))
    }

    /// One message that waits, with the people it could be about.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or one that does not wait any more.
    pub async fn waiting_message(&self, caller: &Caller, id: MessageId) -> Result<(Message, Vec<Patient>)> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        let message =
            tx.message(site, id).await?.filter(|message| !message.content.is_empty()).ok_or(RegistryError::NotFound)?;
        let mut people = Vec::new();
        if message.state == "waiting"
            && let Ok(report) = self.reread(&message)
        {
            people = self.candidates(&mut tx, caller, &report).await?;
        }
        drop(tx);
        let mut lines = vec![self.line(&caller.actor, Act::general("import.read"))];
        lines.extend(people.iter().map(|person| self.line(&caller.actor, Act::on("import.candidate", person.id))));
        self.store.audit_reads(lines).await?;
        Ok((message, people))
    }

    /// Sends a corrected text in the place of a refused one. The refused one is closed only if the new one is taken.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's.
    pub async fn resubmit(&self, caller: &Caller, id: MessageId, text: &str) -> Result<Import> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let (message, _) = self.waiting_message(caller, id).await?;
        if text.trim().replace("\r\n", "\n").replace('\r', "\n") == message.content.replace('\r', "\n").trim() {
            return Err(RegistryError::Invalid("text", domain::Invalid::Choice));
        }
        let kind = ImportKind::of(text.as_bytes());
        let import = self.import(caller, site, kind, text.as_bytes(), &|_| {}).await?;
        // Taken now, or by another file in the meantime.
        let batch = &import.batch;
        if batch.refused == 0 && batch.accepted + batch.warned + batch.waiting + batch.repeated > 0 {
            let mut tx = self.store.write().await?;
            tx.resolve_message(message.id, None).await?;
            self.commit(tx).await?;
        }
        Ok(import)
    }

    /// Says whom a doubtful message is about: one of the candidates, or somebody new.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a person who is not one of them.
    pub async fn choose_person(&self, caller: &Caller, id: MessageId, chosen: Option<PatientId>) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let message =
            tx.message(site, id).await?.filter(|message| message.state == "waiting").ok_or(RegistryError::NotFound)?;
        let report = self.reread(&message).map_err(|_| RegistryError::NotFound)?;
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        let known = match chosen {
            Some(chosen) => {
                if !self.candidates(&mut tx, caller, &report).await?.iter().any(|person| person.id == chosen) {
                    return Err(RegistryError::NotFound);
                }
                // As it is on file: what the office was shown of it may be masked.
                Known::OnFile(Box::new(tx.patient(chosen).await?.ok_or(RegistryError::NotFound)?.patient()))
            }
            None => {
                let entry = entry(&report);
                tx.hold_name(keys_of(&Wanted::named(&entry.name, entry.born.date()))).await?;
                Known::New(Box::new(self.newcomer(&mut tx, &entry).await?))
            }
        };
        let patient = known.id();
        let mut desk = Desk::new(caller, &office);
        self.apply(&mut tx, &mut desk, known, &report).await?;
        desk.write(&mut tx, self.now()).await?;
        tx.resolve_message(message.id, Some(patient)).await?;
        self.commit(tx).await
    }

    /// Throws a message away that somebody has looked at: its text is deleted, that it came stays known.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or one that does not wait any more.
    pub async fn dismiss_message(&self, caller: &Caller, id: MessageId) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let message =
            tx.message(site, id).await?.filter(|message| !message.content.is_empty()).ok_or(RegistryError::NotFound)?;
        tx.resolve_message(message.id, None).await?;
        tx.audit(&self.line(&caller.actor, Act::general("import.dismiss"))).await?;
        self.commit(tx).await
    }

    fn reread(&self, message: &Message) -> std::result::Result<Report, Vec<Issue>> {
        if message.content.starts_with("MSH") {
            return hl7::read_vxu(&message.content, self.today());
        }
        let table = table::read(message.content.as_bytes(), 1).map_err(|_| Vec::new())?;
        table.rows.first().map_or(Err(Vec::new()), |row| doses::read_row(&table, row, self.today()))
    }

    /// The people a report could be about, those this office may know of.
    async fn candidates(&self, tx: &mut Tx, caller: &Caller, report: &Report) -> Result<Vec<Patient>> {
        let wanted = Wanted::named(&report.person.name, report.person.born.date());
        let mut all = tx.same_person(keys_of(&wanted)).await?;
        let office = tx.site(Self::site_for(caller, Task::ReportDoses)?).await?.ok_or(RegistryError::NotFound)?;
        for (authority, number) in Desk::new(caller, &office).numbers_of(report) {
            all.extend(tx.by_number(&authority, &number).await?);
        }
        all.sort_unstable();
        all.dedup();
        let mut shown = Vec::new();
        for patient in all {
            let Some(mut person) = self.office_may_know(tx, office.site_id(), patient).await? else { continue };
            if !access::sees_address(&caller.actor, &person) {
                person.address = Address::default();
            }
            shown.push(person);
        }
        Ok(shown)
    }
}
