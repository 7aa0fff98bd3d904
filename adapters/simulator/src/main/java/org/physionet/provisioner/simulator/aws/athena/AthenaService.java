package org.physionet.provisioner.simulator.aws.athena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.SqlRunner;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;

/**
 * StartQueryExecution, GetQueryExecution, GetQueryResults by the JSON protocol (Athena API reference). Executions and tables are no part of
 * the state. An execution is done at the third look.
 */
public final class AthenaService implements Service {
    private static final String TARGET = "AmazonAthena.";
    private static final int LOOKS = 2;
    private static final int MOST_ROWS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scene scene;
    private final Statements statements;
    private final Map<String, Execution> executions = new TreeMap<>();
    private final Map<String, String> byToken = new TreeMap<>();

    /** @param error null: it succeeded */
    private record Execution(
            String sql,
            SqlRunner.@Nullable Table found,
            @Nullable String error,
            int[] looks) {
        String state() {
            return looks[0] == 0 ? "QUEUED" : looks[0] < LOOKS ? "RUNNING" : error == null ? "SUCCEEDED" : "FAILED";
        }
    }

    public AthenaService(Scene scene) {
        this.scene = scene;
        this.statements = new Statements(scene.state());
    }

    @Override
    public Route route(Request request, Query query) {
        String target = request.header("x-amz-target").orElse("").replace(TARGET, "");
        String method = "athena." + target;
        return switch (target) {
            case "StartQueryExecution" -> new Route(method, Kind.WRITE, ErrorForm.JSON, this::start);
            case "GetQueryExecution" -> new Route(method, Kind.READ, ErrorForm.JSON, this::get);
            case "GetQueryResults" -> new Route(method, Kind.READ, ErrorForm.JSON, this::results);
            default -> Route.missing(method, ErrorForm.JSON);
        };
    }

    /** The same token starts the same execution. */
    private Response start(AwsCall call) {
        ObjectNode body = body(call);
        String token = body.path("ClientRequestToken").asText();
        if (token.length() < 32) {
            throw invalid("ClientRequestToken: expected 32 characters or more");
        }
        String sql = body.path("QueryString").asText();
        String id = byToken.computeIfAbsent(token, _ -> {
            String fresh = "execution-" + executions.size();
            executions.put(fresh, executed(sql, call.known().account()));
            return fresh;
        });
        if (!execution(id).sql().equals(sql)) {
            throw invalid("Idempotent parameters do not match");
        }
        return answer(JSON.createObjectNode().put("QueryExecutionId", id));
    }

    private Execution executed(String sql, String account) {
        try {
            return new Execution(sql, statements.run(sql, account, scene.now()), null, new int[1]);
        } catch (IllegalArgumentException e) {
            return new Execution(sql, null, e.getMessage(), new int[1]);
        }
    }

    private Response get(AwsCall call) {
        String id = body(call).path("QueryExecutionId").asText();
        Execution execution = execution(id);
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode shown = answer.putObject("QueryExecution");
        shown.put("QueryExecutionId", id).put("Query", execution.sql());
        ObjectNode status = shown.putObject("Status").put("State", execution.state());
        if (execution.state().equals("FAILED")) {
            status.put("StateChangeReason", execution.error());
        }
        execution.looks()[0]++;
        return answer(answer);
    }

    private Response results(AwsCall call) {
        ObjectNode body = body(call);
        Execution execution = execution(body.path("QueryExecutionId").asText());
        SqlRunner.Table found = execution.found();
        if (!execution.state().equals("SUCCEEDED") || found == null) {
            throw invalid("Query did not finish successfully. Final query state: " + execution.state());
        }
        int size = body.path("MaxResults").asInt(MOST_ROWS);
        if (size < 1 || size > MOST_ROWS) {
            throw invalid("MaxResults is more than maximum allowed length " + MOST_ROWS);
        }
        int from = Integer.parseInt(body.path("NextToken").asText("0"));
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode set = answer.putObject("ResultSet");
        ArrayNode columns = set.putObject("ResultSetMetadata").putArray("ColumnInfo");
        List<String> names = found.schema().path("fields").findValuesAsText("name");
        names.forEach(name -> columns.addObject().put("Name", name).put("Type", "varchar"));
        ArrayNode rows = set.putArray("Rows");
        // The names are the first row, and count as one.
        int end = Math.min(found.rows().size() + 1, from + size);
        for (int i = from; i < end; i++) {
            ArrayNode data = rows.addObject().putArray("Data");
            for (String name : names) {
                JsonNode value = i == 0
                        ? JSON.getNodeFactory().textNode(name)
                        : found.rows().get(i - 1).path(name);
                ObjectNode datum = data.addObject();
                if (!value.isNull() && !value.isMissingNode()) {
                    datum.put("VarCharValue", value.asText());
                }
            }
        }
        if (end < found.rows().size() + 1) {
            answer.put("NextToken", String.valueOf(end));
        }
        return answer(answer);
    }

    private Execution execution(String id) {
        Execution execution = executions.get(id);
        if (execution == null) {
            throw invalid("QueryExecution " + id + " was not found");
        }
        return execution;
    }

    private static AwsException invalid(String message) {
        return new AwsException(400, "InvalidRequestException", message);
    }

    private static ObjectNode body(AwsCall call) {
        try {
            if (JSON.readTree(new String(call.payload(), StandardCharsets.UTF_8)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // told below, like any other body that is no object
        }
        throw new AwsException(400, "SerializationException", "The body is no JSON object");
    }

    private static Response answer(ObjectNode json) {
        return Response.text(200, "application/x-amz-json-1.1", json.toString());
    }
}
