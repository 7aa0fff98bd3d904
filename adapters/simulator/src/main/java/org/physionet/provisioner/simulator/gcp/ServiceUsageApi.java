package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;
import static org.physionet.provisioner.simulator.gcp.Route.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;

/**
 * Which APIs a project has enabled (Service Usage v1). All are, unless the state or a call disables one; then calls that
 * are charged to the project are refused with {@code SERVICE_DISABLED}. A call is charged to the project of {@code
 * X-Goog-User-Project}, else to that of the bucket or dataset.
 */
record ServiceUsageApi(GoogleState state, Call call, Caller caller, Node project) {
    private static final Map<Service, String> CHECKED = Map.of(
            Service.STORAGE, "storage.googleapis.com",
            Service.BIGQUERY, "bigquery.googleapis.com",
            Service.DIRECTORY, "admin.googleapis.com",
            Service.CLOUD_IDENTITY, "cloudidentity.googleapis.com");
    private static final List<String> KNOWN = List.of(
            "admin.googleapis.com",
            "bigquery.googleapis.com",
            "cloudasset.googleapis.com",
            "cloudidentity.googleapis.com",
            "cloudresourcemanager.googleapis.com",
            "groupssettings.googleapis.com",
            "iam.googleapis.com",
            "logging.googleapis.com",
            "orgpolicy.googleapis.com",
            "serviceusage.googleapis.com",
            "storage.googleapis.com");

    static List<Route> routes() {
        Service s = Service.RESOURCE_MANAGER;
        String all = "/v1/projects/{project}/services";
        String one = all + "/{service}";
        return List.of(
                write(
                        s,
                        "POST",
                        one + ":enable",
                        "serviceusage.services.enable",
                        (st, c) -> of(st, c).change(true)),
                write(
                        s,
                        "POST",
                        one + ":disable",
                        "serviceusage.services.disable",
                        (st, c) -> of(st, c).change(false)),
                read(
                        s,
                        "GET",
                        one,
                        "serviceusage.services.get",
                        (st, c) -> of(st, c).get()),
                read(
                        s,
                        "GET",
                        all,
                        "serviceusage.services.list",
                        (st, c) -> of(st, c).list()));
    }

    private static ServiceUsageApi of(GoogleState state, Call call) {
        Caller caller = Caller.of(state, call);
        return new ServiceUsageApi(
                state, call, caller, ResourceManagerApi.find(state, "projects/" + call.variable("project")));
    }

    /** @throws GoogleError 403 if the call's project has not enabled the API */
    static void needEnabled(GoogleState state, Route route, Request request, Map<String, String> variables) {
        String service = CHECKED.getOrDefault(route.service(), "");
        Optional<String> charged = request.header("x-goog-user-project")
                .or(() -> Optional.ofNullable(variables.get("project")))
                .or(() -> Optional.ofNullable(variables.get("bucket"))
                        .flatMap(state::bucket)
                        .map(bucket -> bucket.project));
        Node project = charged.map(state::project).orElse(Node.fresh("projects/none"));
        if (!project.disabledServices.contains(service)) {
            return;
        }
        ArrayNode details = Json.MAPPER.createArrayNode();
        ObjectNode info = details.addObject().put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        info.put("reason", "SERVICE_DISABLED").put("domain", "googleapis.com");
        info.putObject("metadata").put("service", service).put("consumer", "projects/" + project.number);
        throw new GoogleError(
                403,
                "accessNotConfigured",
                service + " has not been used in project " + project.number + " before or it is disabled. Enable it by"
                        + " visiting https://console.developers.google.com/apis/api/" + service + "/overview?project="
                        + project.number + " then retry. If you enabled this API recently, wait a few minutes for the"
                        + " action to propagate to our systems and retry.",
                "PERMISSION_DENIED",
                details);
    }

    private String service() {
        String service = call.variable("service");
        if (!KNOWN.contains(service)) {
            throw new GoogleError(403, "forbidden", "Not found or permission denied for service(s): " + service + ".");
        }
        return service;
    }

    private Response get() {
        caller.need("serviceusage.services.get", Target.node(state, project.name));
        return Response.json(200, Json.text(shown(service())));
    }

    private Response list() {
        caller.need("serviceusage.services.list", Target.node(state, project.name));
        String filter = call.parameter("filter").orElse("");
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode services = json.putArray("services");
        KNOWN.stream()
                .map(this::shown)
                .filter(each -> filter.isEmpty()
                        || filter.equals("state:" + each.path("state").asText()))
                .forEach(services::add);
        return Response.json(200, Json.text(json));
    }

    private Response change(boolean enable) {
        caller.need(
                enable ? "serviceusage.services.enable" : "serviceusage.services.disable",
                Target.node(state, project.name));
        String service = service();
        if (enable) {
            state.keptNode(project.name).disabledServices.remove(service);
        } else {
            state.keptNode(project.name).disabledServices.add(service);
        }
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", "operations/noop.DONE_OPERATION");
        json.put("done", true).putObject("response").set("service", shown(service));
        return Response.json(200, Json.text(json));
    }

    private ObjectNode shown(String service) {
        String parent = "projects/" + project.number;
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", parent + "/services/" + service);
        json.putObject("config").put("name", service);
        boolean disabled = state.node(project.name).disabledServices.contains(service);
        return json.put("state", disabled ? "DISABLED" : "ENABLED").put("parent", parent);
    }
}
