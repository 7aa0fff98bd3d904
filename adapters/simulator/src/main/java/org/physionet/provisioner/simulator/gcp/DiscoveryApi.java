package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;

/** BigQuery's discovery document, which bq asks for first (facts/gcp.md 7c), made from the routes there are. */
final class DiscoveryApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> QUERY = List.of(
            "accessPolicyVersion",
            "all",
            "datasetView",
            "deleteContents",
            "fields",
            "filter",
            "formatOptions.useInt64Timestamp",
            "formatOptions_useInt64Timestamp",
            "location",
            "maxResults",
            "pageToken",
            "projection",
            "selectedFields",
            "startIndex",
            "timeoutMs",
            "updateMode",
            "view");

    private static final String UPLOADS = "/bigquery/v2/projects/{+projectId}/jobs";

    private DiscoveryApi() {}

    static List<Route> routes() {
        return List.of(
                Route.read(
                        Service.BIGQUERY, "GET", "/$discovery/rest", "discovery.apis.getRest", DiscoveryApi::document),
                Route.read(
                        Service.BIGQUERY,
                        "GET",
                        "/discovery/v1/apis/bigquery/v2/rest",
                        "discovery.apis.getRest",
                        DiscoveryApi::document));
    }

    private static Response document(GoogleState state, Call call) {
        String root = "http://" + call.request().host() + "/";
        ObjectNode json = Json.MAPPER.createObjectNode().put("kind", "discovery#restDescription");
        json.put("discoveryVersion", "v1")
                .put("id", "bigquery:v2")
                .put("name", "bigquery")
                .put("version", "v2");
        json.put("title", "BigQuery API").put("protocol", "rest").put("batchPath", "batch/bigquery/v2");
        json.put("rootUrl", root).put("servicePath", "bigquery/v2/").put("basePath", "/bigquery/v2/");
        json.put("baseUrl", root + "bigquery/v2/");
        json.putObject("parameters");
        json.putObject("schemas")
                .putObject("Any")
                .put("id", "Any")
                .put("type", "object")
                .putObject("properties");
        ObjectNode resources = json.putObject("resources");
        for (Route route : Routes.ALL) {
            if (route.name().startsWith("bigquery.") && !route.pattern().startsWith("/upload/")) {
                method(resources, route);
            }
        }
        return Response.json(200, Json.text(json));
    }

    private static void method(ObjectNode resources, Route route) {
        String[] name = route.name().split("\\.");
        ObjectNode method = resources
                .withObjectProperty(name[1])
                .withObjectProperty("methods")
                .withObjectProperty(name[2]);
        method.put("id", route.name()).put("httpMethod", route.verb());
        ObjectNode parameters = method.putObject("parameters");
        QUERY.forEach(query -> parameters.putObject(query).put("type", "string").put("location", "query"));
        // The policy methods name the dataset by its whole resource name, reserved characters and all.
        boolean policy =
                route.pattern().endsWith("IamPolicy") || route.pattern().endsWith("IamPermissions");
        ArrayNode order = method.putArray("parameterOrder");
        String path = route.pattern().substring("/bigquery/v2/".length());
        if (policy) {
            path = "{+resource}" + path.substring(path.indexOf(':'));
            required(parameters, order, "resource").put("pattern", "^projects/[^/]+/datasets/[^/]+$");
        } else {
            path = path.replace("{project}", "{+projectId}")
                    .replace("{dataset}", "{+datasetId}")
                    .replace("{table}", "{+tableId}")
                    .replace("{job}", "{+jobId}");
            Matcher variables = VARIABLE.matcher(path.replace("+", ""));
            while (variables.find()) {
                required(parameters, order, variables.group(1));
            }
        }
        method.put("path", path);
        if (!route.verb().equals("GET") && !route.verb().equals("DELETE")) {
            method.putObject("request").put("$ref", "Any");
        }
        method.putObject("response").put("$ref", "Any");
        if (route.name().equals("bigquery.jobs.insert")) {
            // bq names the argument for a file to load with every job, whether or not it has one.
            method.put("supportsMediaUpload", true);
            ObjectNode upload = method.putObject("mediaUpload");
            upload.putArray("accept").add("*/*");
            upload.putObject("protocols")
                    .putObject("simple")
                    .put("multipart", true)
                    .put("path", "/upload" + UPLOADS);
        }
    }

    private static ObjectNode required(ObjectNode parameters, ArrayNode order, String name) {
        order.add(name);
        return parameters
                .putObject(name)
                .put("type", "string")
                .put("location", "path")
                .put("required", true);
    }
}
