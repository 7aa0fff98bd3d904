package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.simulator.Fault;

/**
 * In every layout of S3, whatever call of a run fails, when somebody is let in and when they are shut out: one clean run afterwards puts everything
 * right. The kinds of failure take turns; {@link FaultAtEveryCallTest} has each kind at each call.
 */
class FaultAtEveryS3CallTest {
    private static final String ADA = "AIDAADAEXAMPLE000001";

    @TempDir
    Path folder;

    /** Passes so many calls, then strikes once: refused, cut off, done and cut off, or forbidden. */
    private static List<Fault> at(int call) {
        List<Fault> faults = new ArrayList<>();
        if (call > 0) {
            faults.add(new Fault("*", 0, "", false, false, false, Duration.ofNanos(1), 1, OptionalLong.of(call)));
        }
        int kind = call % 4;
        int status = kind == 0 ? 503 : kind == 3 ? 403 : 0;
        faults.add(new Fault(
                "*", status, "", kind == 1 || kind == 2, kind == 2, false, Duration.ZERO, 1, OptionalLong.of(1)));
        return faults;
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy", "access-grants"})
    void oneCleanRunConverges(String layout) throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.describeAwsUsers();
            site.prepareAccessGrants();
            site.program.impatient();
            inLayout(site, layout);
            everyCall(site, true);
            site.person("ada", person -> person.put("active", false));
            everyCall(site, false);
        }
    }

    /** Who moves from one layout to another reads all the time; who loses the right meanwhile reads by neither. */
    @ParameterizedTest
    @CsvSource({"bucket-policy, access-points", "access-points, access-grants", "access-grants, bucket-policy"})
    void aChangeOfLayoutShutsOutNobodyAndLeavesNobodyIn(String from, String to) throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.describeAwsUsers();
            site.prepareAccessGrants();
            site.program.impatient();
            inLayout(site, from);
            site.done("run");
            ObjectNode before = site.server.simulator().state();
            Path record = copy(folder.resolve(".provisioner"), folder.resolve("record-" + from));
            inLayout(site, to);
            everyCall(site, true);
            assertThat(site.done("drift", "--output", "json").out())
                    .as("the layout before has let go of everybody")
                    .doesNotContain(ADA);

            site.server.simulator().load(before);
            copy(record, folder.resolve(".provisioner"));
            site.person("ada", person -> person.put("active", false));
            everyCall(site, false);
        }
    }

    private static void inLayout(FilesSite site, String layout) throws Exception {
        site.catalog("""
                datasets:
                  - {id: demo-iv/1.0, resources: [{s3: demo-controlled/demo-iv/1.0/, layout: %s}]}
                  - {id: demo-notes/2.0, resources: []}
                  - {id: demo-ecg/1.0, resources: []}
                """.formatted(layout));
    }

    /** Leaves the site as one clean run does. */
    private void everyCall(FilesSite site, boolean in) throws Exception {
        ObjectNode before = site.server.simulator().state();
        boolean reads = site.canRead(ADA, FilesSite.IV_PREFIX);
        Path record = copy(folder.resolve(".provisioner"), folder.resolve("record-" + in));
        site.forgetCalls();
        site.done("run");
        assertThat(site.canRead(ADA, FilesSite.IV_PREFIX)).isEqualTo(in);
        int calls = Math.toIntExact(site.server.simulator().calls().stream()
                .mapToLong(row -> row.count())
                .sum());
        assertThat(calls).isBetween(3, 30);
        for (int call = 0; call < calls; call++) {
            site.server.simulator().load(before);
            copy(record, folder.resolve(".provisioner"));
            site.server.simulator().inject(at(call));
            Program.Result troubled = site.run("run");
            assertThat(troubled.code())
                    .as("call " + call + ": " + troubled.err())
                    .isIn(0, 1);
            if (troubled.code() == 0 || reads && in) {
                assertThat(site.canRead(ADA, FilesSite.IV_PREFIX))
                        .as("said to be done, or never to be undone, at call " + call)
                        .isEqualTo(in);
            }
            site.send("POST", "/_simulator/faults", "[]");
            site.done("run");
            assertThat(site.canRead(ADA, FilesSite.IV_PREFIX))
                    .as("call " + call)
                    .isEqualTo(in);
        }
    }

    private static Path copy(Path from, Path to) throws Exception {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        if (Files.exists(from)) {
            try (Stream<Path> paths = Files.walk(from)) {
                for (Path path : paths.toList()) {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                }
            }
        }
        return to;
    }
}
