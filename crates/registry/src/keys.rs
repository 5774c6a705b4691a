//! Keys of names on file, made again when the program makes them differently.

use access::Task;
use domain::{PatientId, Principal, objection::Form};
use matching::{KEYS, first_key, last_key, name_keys, sought_key};
use store::{KeyedText, SearchKeys};
use uuid::Uuid;

use crate::{Registry, Result, sharing::marks_of};

/// Rows committed together.
const CHUNK: i64 = 2_000;

impl Registry {
    /// Are the keys on file made as this program makes them?
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keys_are_current(&self) -> Result<bool> {
        let mut tx = self.store.read().await?;
        let (version, done_to) = tx.key_version().await?;
        Ok(version == KEYS && done_to.is_none())
    }

    /// Makes the keys of everybody's name again, if the program makes them differently than it did. Can be stopped and begun again.
    /// `progress` is told how many are durable, and of how many.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who may not, else when the store fails.
    pub async fn rebuild_keys(
        &self,
        principal: &Principal,
        progress: &(dyn Fn(u64, u64) + Send + Sync),
    ) -> Result<u64> {
        Self::may(principal, Task::RebuildKeys)?;
        let (all, mut after, is_begun) = {
            let mut tx = self.store.read().await?;
            let (version, done_to) = tx.key_version().await?;
            if version == KEYS && done_to.is_none() {
                return Ok(0);
            }
            // Work for an older program's way is begun anew.
            let is_begun = version == KEYS;
            let after = done_to.filter(|_| is_begun).unwrap_or(Uuid::nil());
            (u64::try_from(tx.count_patients().await?).unwrap_or(0), after, is_begun)
        };
        let mut changed = 0;
        if !is_begun {
            changed += self.rebuild_form_keys(principal).await?;
            self.rebuild_list_keys().await?;
        }
        let mut done = 0;
        loop {
            let people = {
                let mut tx = self.store.read().await?;
                tx.keyed_people(after, CHUNK).await?
            };
            let Some(last) = people.last() else { break };
            let (before, mut renamed) = (after, Vec::new());
            after = last.id;
            let mut tx = self.store.write().await?;
            for row in tx.keyed_other_names(before, after).await? {
                let keys = (last_key(&row.last_name), first_key(&row.first_name));
                if (keys.0.as_str(), keys.1.as_str()) != (row.last_key.as_str(), row.first_key.as_str()) {
                    tx.set_other_name_keys(&row, &keys.0, &keys.1).await?;
                    renamed.push(PatientId::new(row.patient_id));
                    changed += 1;
                }
            }
            for person in &people {
                let keys = (last_key(&person.last_name), first_key(&person.first_name));
                if (keys.0.as_str(), keys.1.as_str()) != (person.last_key.as_str(), person.first_key.as_str()) {
                    tx.set_person_keys(person.id, &keys.0, &keys.1).await?;
                    renamed.push(PatientId::new(person.id));
                    changed += 1;
                }
            }
            // A form may name them by these keys that did not by those before.
            self.settle(&mut tx, principal, renamed).await?;
            tx.set_key_version(KEYS, Some(after)).await?;
            self.commit(tx).await?;
            done += u64::try_from(people.len()).unwrap_or(0);
            progress(done, all.max(done));
        }
        let mut tx = self.store.write().await?;
        tx.set_key_version(KEYS, None).await?;
        self.commit(tx).await?;
        Ok(changed)
    }

    /// What waits in lists is found by its words.
    async fn rebuild_list_keys(&self) -> Result<()> {
        let renewed = |row: &KeyedText| {
            let key = sought_key([row.text.as_str(), row.also.as_str()]);
            (key != row.sought_key).then_some((row.id, key))
        };
        let (mut batch, mut after) = (Uuid::nil(), Uuid::nil());
        loop {
            let rows = self.store.read().await?.keyed_messages(batch, after, CHUNK).await?;
            let Some(last) = rows.last() else { break };
            (batch, after) = (last.batch_id, last.id);
            let mut tx = self.store.write().await?;
            for (id, key) in rows.iter().filter_map(renewed) {
                tx.set_message_key(id, &key).await?;
            }
            self.commit(tx).await?;
        }
        after = Uuid::nil();
        loop {
            let rows = self.store.read().await?.keyed_feedback(after, CHUNK).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            let mut tx = self.store.write().await?;
            for (id, key) in rows.iter().filter_map(renewed) {
                tx.set_feedback_key(id, &key).await?;
            }
            self.commit(tx).await?;
        }
    }

    /// Of every form's name first: an objection must find whom it names from the first moment on.
    async fn rebuild_form_keys(&self, principal: &Principal) -> Result<u64> {
        let (mut after, mut changed) = (Uuid::nil(), 0);
        loop {
            let forms = {
                let mut tx = self.store.read().await?;
                tx.keyed_forms(after, CHUNK).await?
            };
            let Some(last) = forms.last() else { return Ok(changed) };
            after = last.id;
            let mut tx = self.store.write().await?;
            let mut named = Vec::new();
            for row in &forms {
                let Ok(form) = serde_json::from_value::<Form>(row.form.clone()) else { continue };
                let keys = name_keys(&form.name);
                tx.set_form_keys(row.id, (&keys.0, &keys.1), &marks_of(&form)).await?;
                let born = row.birth_date;
                let now = SearchKeys { last: &keys.0, first: &keys.1, born, swapped: born };
                named.extend(tx.everybody_called(now).await?);
                if (keys.0.as_str(), keys.1.as_str()) != (row.last_key.as_str(), row.first_key.as_str()) {
                    changed += 1;
                }
            }
            self.settle(&mut tx, principal, named).await?;
            self.commit(tx).await?;
        }
    }
}
