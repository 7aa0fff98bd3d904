package org.physionet.provisioner.simulator.gcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.SqlRunner;

/** Runs SQL: {@code SELECT * FROM `project.dataset.table` [LIMIT n]}, what the state has an answer to, and the rest where a {@link SqlRunner} is. */
final class Query {
    private static final Pattern SELECT = Pattern.compile(
            "(?is)\\s*select\\s+\\*\\s+from\\s+`?(?:([a-z0-9:-]+)[.:`]+)?([a-z0-9_]+)`?\\.`?([^`\\s;]+)`?(?:\\s+limit\\s+(\\d+))?\\s*;?\\s*");

    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

    private final GoogleState state;
    private final Call call;
    private final Caller caller;
    private final String project;
    private final String job;

    /** @param project that is billed; also where a table is that names none */
    Query(GoogleState state, Call call, Caller caller, String project, String job) {
        this.state = state;
        this.call = call;
        this.caller = caller;
        this.project = project;
        this.job = job;
    }

    /** @throws GoogleError if the caller may not read, there is no such table, or the text is not understood */
    QueryResult run(String sql) {
        Optional<QueryAnswer> scripted = state.queryAnswers.stream()
                .filter(answer -> answer.sql().matcher(sql).matches())
                .findFirst();
        if (scripted.isPresent()) {
            scripted.get().reads().forEach(table -> {
                String[] name = table.split("\\.");
                table(name[0], name[1], name[2]);
            });
            return scripted.get().result();
        }
        Matcher matcher = SELECT.matcher(sql);
        if (!matcher.matches()) {
            Optional<SqlRunner> runner = ServiceLoader.load(SqlRunner.class).findFirst();
            if (runner.isPresent()) {
                return computed(runner.get(), sql);
            }
            throw new GoogleError(
                    400,
                    "invalidQuery",
                    "The simulator understands SELECT * FROM `project.dataset.table` [LIMIT n] and what the state's"
                            + " queryAnswers match, found: " + sql);
        }
        String in = matcher.group(1) == null ? project : matcher.group(1);
        BqTable table = table(in, matcher.group(2), matcher.group(3));
        long limit = matcher.group(4) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(4));
        return new QueryResult(
                table.metadata.path("schema"),
                List.copyOf(table.rows.stream().limit(limit).toList()));
    }

    private QueryResult computed(SqlRunner runner, String sql) {
        Map<String, SqlRunner.Table> tables = new TreeMap<>();
        Matcher names = NAMED.matcher(sql);
        while (names.find()) {
            String path = names.group(1);
            if (!tables.containsKey(path)) {
                String[] name = path.split("[.]");
                if (name.length != 3) {
                    throw new GoogleError(
                            400, "invalidQuery", "Table \"" + path + "\" must be qualified with a dataset");
                }
                BqTable table = table(name[0], name[1], name[2]);
                tables.put(path, new SqlRunner.Table(table.metadata.path("schema"), List.copyOf(table.rows)));
            }
        }
        try {
            SqlRunner.Table found = runner.run(sql, tables);
            return new QueryResult(found.schema(), found.rows());
        } catch (IllegalArgumentException e) {
            throw new GoogleError(400, "invalidQuery", String.valueOf(e.getMessage()));
        }
    }

    private BqTable table(String in, String datasetId, String tableId) {
        BqDataset dataset = state.dataset(in, datasetId)
                .orElseThrow(() -> GoogleError.notFound("Not found: Dataset " + in + ":" + datasetId));
        BigQueryAudit.checkRead(
                state, call, caller, dataset, tableId, "JOB", Optional.of("projects/" + project + "/jobs/" + job));
        BqTable table = dataset.tables.get(tableId);
        if (table == null) {
            throw GoogleError.notFound("Not found: Table " + dataset.name() + "." + tableId);
        }
        return table;
    }
}
