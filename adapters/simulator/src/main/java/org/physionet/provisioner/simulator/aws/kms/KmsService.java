package org.physionet.provisioner.simulator.aws.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.KmsKey;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** DescribeKey, GetKeyPolicy, PutKeyPolicy by the JSON protocol (KMS API reference). Keys themselves come from the state. */
public final class KmsService implements Service {
    /** Bytes of a key policy (facts/aws.md A1.1). */
    private static final int POLICY_LIMIT = 32 * 1024;

    private static final String TARGET = "TrentService.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scene scene;

    public KmsService(Scene scene) {
        this.scene = scene;
    }

    @Override
    public Route route(Request request, Query query) {
        String target = request.header("x-amz-target").orElse("").replace(TARGET, "");
        String method = "kms." + target;
        return switch (target) {
            case "DescribeKey" -> new Route(method, Kind.READ, ErrorForm.JSON, this::describe);
            case "GetKeyPolicy" -> new Route(method, Kind.READ, ErrorForm.JSON, this::getPolicy);
            case "PutKeyPolicy" -> new Route(method, Kind.WRITE, ErrorForm.JSON, this::putPolicy);
            default -> Route.missing(method, ErrorForm.JSON);
        };
    }

    private Response describe(AwsCall call) {
        KmsKey key = key(call, body(call), "kms:DescribeKey");
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("KeyMetadata")
                .put("AWSAccountId", account(key))
                .put("Arn", key.arn())
                .put("KeyId", key.id())
                .put("CreationDate", key.createdAt().getEpochSecond())
                .put("Enabled", true)
                .put("KeyManager", "CUSTOMER")
                .put("KeySpec", "SYMMETRIC_DEFAULT")
                .put("KeyState", "Enabled")
                .put("KeyUsage", "ENCRYPT_DECRYPT")
                .put("Origin", "AWS_KMS")
                .put("MultiRegion", false);
        return answer(answer);
    }

    private Response getPolicy(AwsCall call) {
        KmsKey key = key(call, body(call), "kms:GetKeyPolicy");
        String shown = PolicyText.minified(scene.principals().shown(key.policy().json()));
        return answer(JSON.createObjectNode().put("Policy", shown).put("PolicyName", "default"));
    }

    /** Last writer wins (facts/aws.md A2.2). */
    private Response putPolicy(AwsCall call) {
        ObjectNode body = body(call);
        KmsKey key = key(call, body, "kms:PutKeyPolicy");
        try {
            ObjectNode json = PolicyText.parse(body.path("Policy").asText(), POLICY_LIMIT);
            PolicyReader.read(json, PolicyReader.Dialect.RESOURCE);
            StoredPolicy policy = StoredPolicy.of(scene.principals().stored(json), PolicyReader.Dialect.RESOURCE);
            scene.state().account(account(key)).keys().put(key.arn(), new KmsKey(key.arn(), policy, key.createdAt()));
        } catch (PolicyGrammarException e) {
            throw new AwsException(400, "MalformedPolicyDocumentException", String.valueOf(e.getMessage()));
        }
        return Response.empty(200);
    }

    private KmsKey key(AwsCall call, ObjectNode body, String action) {
        String written = body.path("KeyId").asText();
        String arn = written.startsWith("arn:")
                ? written
                : "arn:aws:kms:" + call.region() + ":" + call.known().account() + ":key/" + written;
        KmsKey key = scene.state().accounts().stream()
                .map(Account::keys)
                .flatMap(keys -> Optional.ofNullable(keys.get(arn)).stream())
                .findFirst()
                .orElseThrow(() -> new AwsException(400, "NotFoundException", "Key '" + arn + "' does not exist"));
        ResourceLayer layer = new ResourceLayer(
                ResourceLayer.Kind.KMS_KEY,
                "policy of key " + arn,
                account(key),
                arn,
                key.policy().document(),
                false);
        AccessDecision decision = AccessDecision.decide(
                call.known(),
                call.own(),
                action,
                List.of(layer),
                Authorization.context(call, scene)
                        .with("kms:CallerAccount", call.known().account()));
        if (!decision.allowed()) {
            throw new AwsException(
                    400,
                    "AccessDeniedException",
                    "User: " + call.known().sessionArn() + " is not authorized to perform: " + action
                            + " on this resource because " + decision.because());
        }
        return key;
    }

    private static String account(KmsKey key) {
        return key.arn().split(":", -1)[4];
    }

    private static ObjectNode body(AwsCall call) {
        try {
            String text = new String(call.payload(), StandardCharsets.UTF_8);
            if (JSON.readTree(text) instanceof ObjectNode object) {
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
