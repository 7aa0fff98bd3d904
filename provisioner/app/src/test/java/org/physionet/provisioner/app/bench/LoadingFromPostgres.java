package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading a large PhysioNet database, against the server copying the same rows out. The sources' own test measures it. */
public final class LoadingFromPostgres implements Benchmark {
    private static final Pattern RESULT = Pattern.compile("copy (\\d+) ms, load (\\d+) ms, ratio");
    private static final List<String> COMMAND = List.of(
            "mvn",
            "-o",
            "-B",
            "-pl",
            "provisioner/sources",
            "-am",
            "test",
            "-Dtest=LoadingSpeedTest",
            "-Dprovisioner.bench=true",
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "-Dquick");

    @Override
    public String name() {
        return "loading";
    }

    @Override
    public String about() {
        return "100,000 researchers, 200 datasets, 500,000 agreements from PostgreSQL, against COPY TO STDOUT";
    }

    @Override
    public String command() {
        return String.join(" ", COMMAND);
    }

    @Override
    public List<Figure> measure() throws IOException, InterruptedException {
        Path checkout = Launched.checkout();
        ProcessBuilder maven =
                new ProcessBuilder(COMMAND).directory(checkout.toFile()).redirectErrorStream(true);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = maven.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Matcher result = RESULT.matcher(said);
        if (!result.find()) {
            throw new IllegalStateException("expected a line \"copy … ms, load … ms, ratio …\", found none (exit code "
                    + exit + "); run the command by hand to see why");
        }
        double copy = Double.parseDouble(result.group(1));
        double load = Double.parseDouble(result.group(2));
        return List.of(
                Figure.of("COPY TO STDOUT, least of 5", copy, "ms"),
                Figure.of("load, least of 5", load, "ms"),
                Figure.under(3, "load / copy", load / copy, "times"));
    }
}
