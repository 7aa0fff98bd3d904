package org.physionet.provisioner.app.command;

import java.util.List;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.HeldBack;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.store.OpenMode;
import org.physionet.provisioner.store.people.Erasure.KnownIdentity;

/** {@code audit erase}: somebody who left the source is forgotten by name; what happened stays in the ledger, which still verifies. */
final class Forgetting {
    static final List<Column<KnownIdentity>> COLUMNS = List.of(
            Column.text("ref", known -> known.identity().ref()),
            Column.text("kind", known -> known.identity().kind().text()),
            Column.text("erased", KnownIdentity::text));

    private final Invocation invocation;

    Forgetting(Invocation invocation) {
        this.invocation = invocation;
    }

    int run(String person, String reason, ActingOptions acting) {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            ResearcherId researcher = wiring.recordedDirectory().find(person);
            if (new Directory(wiring.snapshot().researchers().values(), null).knows(researcher)) {
                throw new HeldBack(Problem.of("The source still knows researcher " + researcher
                                + ": the next run would record them again")
                        .next("erase them in the source first"));
            }
            List<KnownIdentity> known = wiring.store().decisions().identitiesOf(researcher);
            invocation.confirm("Forget for good what names researcher " + researcher + ": "
                    + String.join(", ", known.stream().map(KnownIdentity::text).toList()));
            List<KnownIdentity> erased = wiring.store()
                    .decisions()
                    .erase(
                            researcher,
                            wiring.actor(acting.onBehalfOf()).text(),
                            reason,
                            invocation.surroundings().clock().instant());
            invocation.answer().rows(COLUMNS, erased.stream());
            invocation.note(
                    "Forgotten: " + erased.size() + " names. What happened stays in the ledger, and still verifies."
                            + " Backups, exports with names, logs and their copies are yours to delete.");
            return wiring.ledger().published(wiring.store(), Exit.DONE.code());
        }
    }
}
