package org.physionet.provisioner.adapters.gcp.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.month.AccessRow;
import org.physionet.provisioner.audit.month.Month;
import org.physionet.provisioner.engine.adapter.SqlEngine;

/** A month of accesses in BigQuery is judged as it is by the embedded engine; every statement goes through the jobs protocol and is run. */
class BigQueryAnalysisTest {
    @TempDir
    Path folder;

    @Test
    void theAnswersAreThoseOfTheEmbeddedEngine() throws IOException {
        Month month = Month.of(5, 24);
        Month.Answers here = month.embedded(folder.resolve("spill"));
        try (JobsWorld world = new JobsWorld()) {
            ObjectNode table = JobsWorld.table(
                    "accesses",
                    Accesses.COLUMNS
                            .replace(" varchar", " STRING")
                            .replace(" timestamp", " TIMESTAMP")
                            .replace(" boolean", " BOOLEAN")
                            .replace(" bigint", " INTEGER")
                            .split(", "));
            month.accesses().forEach(access -> table.withArray("/rows").add(AccessRow.of(access)));
            world.tables(JobsWorld.JSON.createArrayNode().add(table));
            try (SqlEngine engine = world.engine()) {
                Analysis analysis = new Analysis(engine, engine.foreign("data.logs.accesses"));
                assertThat(month.ask(analysis)).isEqualTo(here);
            }
            assertThat(world.calls("bigquery.jobs.insert")).isGreaterThan(30);
        }
    }
}
