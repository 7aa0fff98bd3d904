package org.physionet.provisioner.simulator.aws.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.audit.Delivery;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.JsonProtocol;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.state.Trail;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** Trails (CloudTrail API reference): what they take is delivered by {@link Delivery}. Event selectors of the advanced form only. */
public final class CloudTrailService implements Service {
    private static final Set<String> READS = Set.of(
            "DescribeTrails", "GetTrail", "GetTrailStatus", "GetEventSelectors", "GetInsightSelectors", "ListTags");

    private final Scene scene;
    private final Map<String, BiFunction<AwsCall, ObjectNode, ObjectNode>> operations = new TreeMap<>();

    public CloudTrailService(Scene scene) {
        this.scene = scene;
        operations.put("CreateTrail", this::create);
        operations.put("UpdateTrail", this::update);
        operations.put("DeleteTrail", this::delete);
        operations.put("DescribeTrails", this::describe);
        operations.put("GetTrail", (call, body) -> named("Trail", shown(find(call, body))));
        operations.put("GetTrailStatus", this::status);
        operations.put("StartLogging", (call, body) -> logs(call, body, true));
        operations.put("StopLogging", (call, body) -> logs(call, body, false));
        operations.put("PutEventSelectors", this::select);
        operations.put("GetEventSelectors", (call, body) -> selectors(find(call, body)));
        operations.put("GetInsightSelectors", this::insights);
        operations.put("ListTags", (_, body) -> tags(body));
        operations.put("AddTags", (_, body) -> tag(body, true));
        operations.put("RemoveTags", (_, body) -> tag(body, false));
    }

    @Override
    public Route route(Request request, Query query) {
        String name = JsonProtocol.operation(request);
        BiFunction<AwsCall, ObjectNode, ObjectNode> operation = operations.get(name);
        String method = "cloudtrail." + name;
        return operation == null
                ? Route.missing(method, ErrorForm.JSON)
                : new Route(method, READS.contains(name) ? Kind.READ : Kind.WRITE, ErrorForm.JSON, call -> {
                    new Authorization(scene).require(call, "cloudtrail:" + name, "*", "AccessDeniedException");
                    return JsonProtocol.answer(operation.apply(call, JsonProtocol.body(call)));
                });
    }

    private ObjectNode create(AwsCall call, ObjectNode body) {
        String account = call.known().account();
        Trail trail = new Trail(
                body.path("Name").asText(),
                account,
                call.region(),
                body.path("S3BucketName").asText(),
                body.path("S3KeyPrefix").asText(""),
                List.of(),
                settings(body, Trail.Settings.USUAL).logs(false).tagged(JsonProtocol.tags(body.path("TagsList"))));
        if (lookUp(trail.arn()).isPresent()) {
            throw new AwsException(
                    400,
                    "TrailAlreadyExistsException",
                    "Trail " + trail.name() + " already exists for customer: " + account);
        }
        requireWritable(trail);
        scene.state().trails().add(trail);
        return shown(trail);
    }

    private ObjectNode update(AwsCall call, ObjectNode body) {
        Trail old = find(call, body);
        Trail changed = new Trail(
                old.name(),
                old.account(),
                old.region(),
                body.path("S3BucketName").asText(old.bucket()),
                body.path("S3KeyPrefix").asText(old.prefix()),
                old.dataEvents(),
                settings(body, old.settings()));
        requireWritable(changed);
        replace(old, changed);
        return shown(changed);
    }

    private static Trail.Settings settings(ObjectNode body, Trail.Settings old) {
        return new Trail.Settings(
                old.logging(),
                body.path("IsMultiRegionTrail").asBoolean(old.multiRegion()),
                body.path("IncludeGlobalServiceEvents").asBoolean(old.globalEvents()),
                body.path("EnableLogFileValidation").asBoolean(old.validated()),
                old.selectors(),
                old.tags());
    }

    /** @throws AwsException 400 if the bucket is not there, or its policy does not let the trail write */
    private void requireWritable(Trail trail) {
        if (!scene.state().buckets().containsKey(trail.bucket())) {
            throw new AwsException(
                    400, "S3BucketDoesNotExistException", "S3 bucket " + trail.bucket() + " does not exist!");
        }
        if (!Delivery.mayWrite(scene, trail)) {
            throw new AwsException(
                    400,
                    "InsufficientS3BucketPolicyException",
                    "Incorrect S3 bucket policy is detected for bucket: " + trail.bucket());
        }
    }

    private ObjectNode delete(AwsCall call, ObjectNode body) {
        scene.state().trails().remove(find(call, body));
        return JsonProtocol.object();
    }

    private ObjectNode describe(AwsCall call, ObjectNode body) {
        List<String> wanted = new ArrayList<>();
        body.path("trailNameList").forEach(name -> wanted.add(name.asText()));
        ObjectNode answer = JsonProtocol.object();
        ArrayNode list = answer.putArray("trailList");
        scene.state().trails().stream()
                .filter(trail -> trail.account().equals(call.known().account()))
                .filter(trail -> wanted.isEmpty() || wanted.contains(trail.name()) || wanted.contains(trail.arn()))
                .forEach(trail -> list.add(shown(trail)));
        return answer;
    }

    private ObjectNode status(AwsCall call, ObjectNode body) {
        return JsonProtocol.object()
                .put("IsLogging", find(call, body).settings().logging());
    }

    private ObjectNode logs(AwsCall call, ObjectNode body, boolean on) {
        Trail trail = find(call, body);
        replace(trail, trail.with(trail.settings().logs(on)));
        return JsonProtocol.object();
    }

    private ObjectNode select(AwsCall call, ObjectNode body) {
        Trail old = find(call, body);
        JsonNode selectors = body.path("AdvancedEventSelectors");
        if (!selectors.isArray() || selectors.isEmpty()) {
            throw new AwsException(
                    400, "InvalidEventSelectorsException", "Only advanced event selectors are simulated.");
        }
        Trail changed = new Trail(
                old.name(),
                old.account(),
                old.region(),
                old.bucket(),
                old.prefix(),
                AdvancedSelectors.objects(selectors),
                old.settings().selects(selectors.toString()));
        replace(old, changed);
        return selectors(changed);
    }

    private static ObjectNode selectors(Trail trail) {
        ObjectNode answer = JsonProtocol.object().put("TrailARN", trail.arn());
        if (!trail.settings().selectors().isEmpty()) {
            answer.set("AdvancedEventSelectors", Json.parse(trail.settings().selectors()));
        }
        return answer;
    }

    private ObjectNode insights(AwsCall call, ObjectNode body) {
        throw new AwsException(
                400,
                "InsightNotEnabledException",
                "Trail " + find(call, body).name() + " does not have Insights enabled.");
    }

    private ObjectNode tags(ObjectNode body) {
        ObjectNode answer = JsonProtocol.object();
        ArrayNode list = answer.putArray("ResourceTagList");
        body.path("ResourceIdList")
                .forEach(id -> lookUp(id.asText()).ifPresent(trail -> {
                    ObjectNode one = list.addObject().put("ResourceId", trail.arn());
                    JsonProtocol.put(one.putArray("TagsList"), trail.settings().tags());
                }));
        return answer;
    }

    private ObjectNode tag(ObjectNode body, boolean add) {
        Trail trail = lookUp(body.path("ResourceId").asText())
                .orElseThrow(() -> missing(body.path("ResourceId").asText()));
        SortedMap<String, String> tags = new TreeMap<>(trail.settings().tags());
        Map<String, String> named = JsonProtocol.tags(body.path("TagsList"));
        if (add) {
            tags.putAll(named);
        } else {
            tags.keySet().removeAll(named.keySet());
        }
        replace(trail, trail.with(trail.settings().tagged(tags)));
        return JsonProtocol.object();
    }

    private void replace(Trail old, Trail changed) {
        scene.state().trails().set(scene.state().trails().indexOf(old), changed);
    }

    private Trail find(AwsCall call, ObjectNode body) {
        String name = body.path("Name").asText(body.path("TrailName").asText());
        String arn = name.startsWith("arn:")
                ? name
                : "arn:aws:cloudtrail:" + call.region() + ":" + call.known().account() + ":trail/" + name;
        return lookUp(arn).orElseThrow(() -> missing(arn));
    }

    private Optional<Trail> lookUp(String arn) {
        return scene.state().trails().stream()
                .filter(trail -> trail.arn().equals(arn))
                .findFirst();
    }

    private static AwsException missing(String name) {
        return new AwsException(400, "TrailNotFoundException", "Unknown trail: " + name);
    }

    private static ObjectNode named(String name, ObjectNode inner) {
        ObjectNode answer = JsonProtocol.object();
        answer.set(name, inner);
        return answer;
    }

    private static ObjectNode shown(Trail trail) {
        ObjectNode json = JsonProtocol.object()
                .put("Name", trail.name())
                .put("TrailARN", trail.arn())
                .put("S3BucketName", trail.bucket())
                .put("HomeRegion", trail.region())
                .put("IncludeGlobalServiceEvents", trail.settings().globalEvents())
                .put("IsMultiRegionTrail", trail.settings().multiRegion())
                .put("IsOrganizationTrail", false)
                .put("LogFileValidationEnabled", trail.settings().validated())
                .put("HasCustomEventSelectors", !trail.settings().selectors().isEmpty())
                .put("HasInsightSelectors", false);
        return trail.prefix().isEmpty() ? json : json.put("S3KeyPrefix", trail.prefix());
    }
}
