package org.physionet.provisioner.app.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.physionet.provisioner.sources.demo.DemoSite;

/** How long somebody at the help desk waits for an answer about one person, without a look into the clouds. */
public final class ExplainStart implements Benchmark {
    private static final int RUNS = 10;

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String about() {
        return "wall time of explain without live reads: demo site from files, and PhysioNet's schema from PostgreSQL";
    }

    @Override
    public String command() {
        return "scripts/provisioner explain RESEARCHER DATASET --no-live --output table";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Path folder = Files.createTempDirectory("bench-explain");
        List<Figure> figures = new ArrayList<>(fromFiles(folder.resolve("files")));
        Path shared = Launched.checkout().resolve("../shared/physionet");
        if (Files.exists(shared.resolve("site.sql.gz"))) {
            figures.addAll(fromPhysioNet(folder.resolve("physionet"), shared));
        }
        return figures;
    }

    private static List<Figure> fromFiles(Path folder) throws Exception {
        DemoSite.copyTo(folder.resolve("site"));
        configure(folder, "source: {type: files, path: site}");
        return timed(folder, "files", "1", "demo-iv/1.0");
    }

    private static List<Figure> fromPhysioNet(Path folder, Path shared) throws Exception {
        Files.createDirectories(folder);
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(shared.resolve("schema.sql")));
            try (GZIPInputStream rows = new GZIPInputStream(Files.newInputStream(shared.resolve("site.sql.gz")))) {
                statement.execute(new String(rows.readAllBytes(), StandardCharsets.UTF_8));
            }
            configure(
                    folder,
                    "source: {type: physionet, url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: postgres}"
                            .formatted(server.getPort()));
            String dataset;
            try (var row =
                    statement.executeQuery("select p.slug || '/' || p.version from public.project_publishedproject p"
                            + " where p.access_policy = 2 order by p.id limit 1")) {
                row.next();
                dataset = row.getString(1);
            }
            return timed(folder, "PostgreSQL", "1", dataset);
        }
    }

    static void configure(Path folder, String source) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("provisioner.yaml"), source + """

                gcp: {project: bench, credentials: none, endpoint: "http://127.0.0.1:1"}
                aws: {account: "111122223333", credentials: static, accessKey: test, secretKey: test,
                  endpoint: "http://127.0.0.1:1"}
                """);
    }

    private static List<Figure> timed(Path folder, String source, String researcher, String dataset) throws Exception {
        Timing.Run run = () -> Launched.run(folder, "explain", researcher, dataset, "--no-live", "--output", "table");
        Timing timing = Timing.of(2, RUNS, run);
        Timing work = Timing.ofChildren(0, RUNS, run);
        return List.of(
                Figure.of(source + ", CPU time, median of " + RUNS, work.median(), "ms"),
                Figure.of(source + ", least of " + RUNS, timing.least(), "ms"),
                Figure.under(700, source + ", median of " + RUNS, timing.median(), "ms"));
    }
}
