package org.physionet.provisioner.fuzz.inputs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.logs.Intake;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.audit.logs.RecordsOfFile;

/**
 * A file of access logs. No line is lost: what is not understood is told. A line that nobody can take for part of another is understood
 * the same way by the fast lane and line by line, which a first line without a form brings about.
 */
final class Logs implements Target {
    private static final String COLUMNS =
            "provider, log, moment, id, request, who, principal, bucket, key, action, operation, allowed,"
                    + " bytes, ip, via, signed";

    private final String provider;
    private final Path folder = Scratch.folder("logs");

    Logs(String provider) {
        this.provider = provider;
    }

    @Override
    public void feed(byte[] input) throws Exception {
        Path file = Files.write(folder.resolve("log"), input);
        RecordsOfFile.each(file, (number, _) -> number > 0);
        Set<String> rows = read(file);
        if (provider.equals("aws") && input.length > 0 && input[0] != '{' && input[0] != '[' && input[0] > ' ') {
            byte[] slow = new byte[input.length + 2];
            slow[0] = 'x';
            slow[1] = '\n';
            System.arraycopy(input, 0, slow, 2, input.length);
            Expect.same(rows, read(Files.write(file, slow)), "rows of the fast lane, and of the slow one");
        }
    }

    private Set<String> read(Path file) {
        Set<String> rows = new TreeSet<>();
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(accesses, provider).read(List.of(file));
            Expect.same(intake.read() + intake.rejected(), intake.lines(), "lines read and rejected");
            intake.rejections().forEach(r -> Expect.toName(r.why(), ""));
            accesses.each("select " + COLUMNS + " from access", row -> {
                StringBuilder cells = new StringBuilder();
                for (int i = 1; i <= 16; i++) {
                    cells.append(row.getString(i)).append('|');
                }
                rows.add(cells.toString());
            });
        }
        return rows;
    }
}
