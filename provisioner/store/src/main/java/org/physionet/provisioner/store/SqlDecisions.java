package org.physionet.provisioner.store;

import java.time.Instant;
import java.util.List;
import org.physionet.provisioner.engine.store.DriftDecisions;
import org.physionet.provisioner.store.sql.Database;
import org.physionet.provisioner.store.state.DriftDecisionTable;
import org.physionet.provisioner.store.state.Recording;

/** What persons decided about drift, in the record. */
final class SqlDecisions implements DriftDecisions {
    private final Database database;

    SqlDecisions(Database database) {
        this.database = database;
    }

    @Override
    public void decide(Decided decision) {
        Recording.step(database, decision.at(), recording -> DriftDecisionTable.put(recording, decision));
    }

    @Override
    public List<Decided> ignored(Instant at) {
        return database.read(sql -> DriftDecisionTable.ignored(sql, at));
    }
}
