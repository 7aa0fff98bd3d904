package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.physionet.provisioner.engine.source.Snapshot;
import org.postgresql.PGConnection;

/**
 * 100,000 people, 200 versions and 500,000 agreements load within three times what the server needs to copy the same rows
 * out. Measured on request: {@code mvn -pl provisioner/sources -am test -Dtest=LoadingSpeedTest -Dprovisioner.bench=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "provisioner.bench", matches = "true")
class LoadingSpeedTest {
    private static final int ROUNDS = 5;
    private static final List<String> QUERIES = List.of(
            PeopleReader.QUERY,
            Emails.QUERY,
            Countries.QUERY,
            Certificates.QUERY,
            Agreements.QUERY,
            Approvals.QUERY,
            CloudAccounts.QUERY);

    @Test
    void loadingTakesAtMostThreeTimesAsLongAsCopying() throws Exception {
        TestDatabase database = bigSite();
        long load = Long.MAX_VALUE;
        long copy = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            copy = Math.min(copy, nanosToCopy(database));
            long start = System.nanoTime();
            Snapshot snapshot = database.read();
            long took = System.nanoTime() - start;
            System.out.printf("round %d: load %d ms%n", round, took / 1_000_000);
            load = Math.min(load, took);
            assertThat(snapshot.researchers()).hasSize(100_000);
            assertThat(snapshot.researchers().values().stream()
                            .mapToInt(p -> p.agreements().size())
                            .sum())
                    .isEqualTo(500_000);
            assertThat(snapshot.badRows()).isEmpty();
        }
        System.out.printf(
                "copy %d ms, load %d ms, ratio %.2f%n", copy / 1_000_000, load / 1_000_000, (double) load / copy);
        assertThat((double) load / copy).isLessThan(3);
    }

    private static long nanosToCopy(TestDatabase database) throws Exception {
        long start = System.nanoTime();
        try (Connection connection = database.connect()) {
            for (String query : QUERIES) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy (" + query + ") to stdout", OutputStream.nullOutputStream());
            }
        }
        return System.nanoTime() - start;
    }

    private static TestDatabase bigSite() throws Exception {
        TestDatabase database = TestDatabase.small();
        for (String table : ReadColumns.REQUIRED.keySet()) {
            database.execute("truncate " + table + "; alter table " + table + " add primary key (id)");
        }
        database.execute("""
                insert into user_user select n, 'user-' || n, 'user' || n || '@example.org', true, true, now()
                    from generate_series(1, 100000) n;
                insert into user_associatedemail select n, (n + 1) / 2,
                    case when n % 2 = 1 then 'user' || (n + 1) / 2 || '@example.org' else 'user' || n / 2 || '@gmail.com' end,
                    true from generate_series(1, 200000) n;
                insert into user_cloudinformation select n, n, n * 2, lpad(n::text, 12, '1'),
                    'AIDA' || lpad(n::text, 12, '0'), 'arn:aws:iam::' || lpad(n::text, 12, '1') || ':user/user-' || n, now()
                    from generate_series(1, 100000) n;
                insert into user_credentialapplication select n, n, 2, 'US', now() from generate_series(1, 100000) n;
                insert into user_trainingtype values (1, 'One', '1095 days'), (2, 'Two', null);
                insert into user_training select n, (n * 7919) % 100000 + 1, n % 2 + 1, 3,
                    now() - make_interval(days => n % 1000) from generate_series(1, 150000) n;
                insert into project_publishedproject select n, 'set-' || n, '1.0', 'Set', 2, false, null, now(), true
                    from generate_series(1, 200) n;
                insert into project_publishedproject_required_trainings select n, n, 1 from generate_series(1, 200) n;
                insert into project_duasignature select n, (n::bigint * 7919) % 100000 + 1, n / 100000 * 7 % 200 + 1,
                    now() - make_interval(secs => n) from generate_series(0, 499999) n;
                insert into project_dataaccessrequest select n, n * 5, n % 200 + 1, 3, now(), '14 days'
                    from generate_series(1, 20000) n;
                create index on user_associatedemail (user_id);
                create index on user_cloudinformation (user_id);
                create index on user_credentialapplication (user_id);
                create index on user_training (user_id);
                create index on project_duasignature (user_id);
                create index on project_dataaccessrequest (requester_id);
                """);
        database.execute("vacuum analyze");
        return database;
    }
}
