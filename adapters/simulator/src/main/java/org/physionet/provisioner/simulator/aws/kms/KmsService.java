package org.physionet.provisioner.simulator.aws.kms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.JsonProtocol;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.state.KmsKey;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;

/**
 * DescribeKey, GetKeyPolicy, PutKeyPolicy, and of Ed25519 keys GetPublicKey and Sign, by the JSON protocol (KMS API reference). Keys
 * themselves come from the state.
 */
public final class KmsService implements Service {
    /** Bytes of a key policy (facts/aws.md A1.1). */
    private static final int POLICY_LIMIT = 32 * 1024;

    /** Bytes of a message (KMS API reference, Sign). */
    private static final int MESSAGE_LIMIT = 4096;

    private static final String PURE = "ED25519_SHA_512";

    private final Scene scene;

    public KmsService(Scene scene) {
        this.scene = scene;
    }

    @Override
    public Route route(Request request, Query query) {
        String target = JsonProtocol.operation(request);
        String method = "kms." + target;
        return switch (target) {
            case "DescribeKey" -> new Route(method, Kind.READ, ErrorForm.JSON, this::describe);
            case "GetKeyPolicy" -> new Route(method, Kind.READ, ErrorForm.JSON, this::getPolicy);
            case "PutKeyPolicy" -> new Route(method, Kind.WRITE, ErrorForm.JSON, this::putPolicy);
            case "GetPublicKey" -> new Route(method, Kind.READ, ErrorForm.JSON, this::publicKey);
            case "Sign" -> new Route(method, Kind.READ, ErrorForm.JSON, this::sign);
            default -> Route.missing(method, ErrorForm.JSON);
        };
    }

    private Response describe(AwsCall call) {
        KmsKey key = key(call, JsonProtocol.body(call), "kms:DescribeKey");
        ObjectNode answer = JsonProtocol.object();
        answer.putObject("KeyMetadata")
                .put("AWSAccountId", account(key))
                .put("Arn", key.arn())
                .put("KeyId", key.id())
                .put("CreationDate", key.createdAt().getEpochSecond())
                .put("Enabled", true)
                .put("KeyManager", "CUSTOMER")
                .put("KeySpec", key.spec())
                .put("KeyState", "Enabled")
                .put("KeyUsage", key.signs() ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT")
                .put("Origin", "AWS_KMS")
                .put("MultiRegion", false);
        return JsonProtocol.answer(answer);
    }

    private Response getPolicy(AwsCall call) {
        KmsKey key = key(call, JsonProtocol.body(call), "kms:GetKeyPolicy");
        String shown = PolicyText.minified(scene.principals().shown(key.policy().json()));
        return JsonProtocol.answer(JsonProtocol.object().put("Policy", shown).put("PolicyName", "default"));
    }

    /** Last writer wins (facts/aws.md A2.2). */
    private Response putPolicy(AwsCall call) {
        ObjectNode body = JsonProtocol.body(call);
        KmsKey key = key(call, body, "kms:PutKeyPolicy");
        try {
            ObjectNode json = PolicyText.parse(body.path("Policy").asText(), POLICY_LIMIT);
            PolicyReader.read(json, PolicyReader.Dialect.RESOURCE);
            StoredPolicy policy = StoredPolicy.of(scene.principals().stored(json), PolicyReader.Dialect.RESOURCE);
            scene.state().account(account(key)).keys().put(key.arn(), key.with(policy));
        } catch (PolicyGrammarException e) {
            throw new AwsException(400, "MalformedPolicyDocumentException", String.valueOf(e.getMessage()));
        }
        return Response.empty(200);
    }

    private Response publicKey(AwsCall call) {
        KmsKey key = signing(key(call, JsonProtocol.body(call), "kms:GetPublicKey"));
        ObjectNode answer = JsonProtocol.object()
                .put("KeyId", key.arn())
                .put("PublicKey", key.pair().publicKey())
                .put("KeySpec", key.spec())
                .put("CustomerMasterKeySpec", key.spec())
                .put("KeyUsage", "SIGN_VERIFY");
        answer.putArray("SigningAlgorithms").add(PURE).add("ED25519_PH_SHA_512");
        return JsonProtocol.answer(answer);
    }

    /** Of the two algorithms only the one over the message itself; AWS takes it with MessageType RAW alone. */
    private Response sign(AwsCall call) {
        ObjectNode body = JsonProtocol.body(call);
        KmsKey key = signing(key(call, body, "kms:Sign"));
        String algorithm = body.path("SigningAlgorithm").asText();
        if (!algorithm.equals(PURE) || !body.path("MessageType").asText("RAW").equals("RAW")) {
            throw new AwsException(
                    400,
                    algorithm.startsWith("ED25519") ? "ValidationException" : "InvalidKeyUsageException",
                    "Algorithm " + algorithm + " with message type "
                            + body.path("MessageType").asText("RAW") + " is incompatible with key spec " + key.spec());
        }
        byte[] message = message(body);
        return JsonProtocol.answer(JsonProtocol.object()
                .put("KeyId", key.arn())
                .put("Signature", key.pair().sign(message))
                .put("SigningAlgorithm", PURE));
    }

    private static byte[] message(ObjectNode body) {
        try {
            byte[] message = body.path("Message").binaryValue();
            if (message != null && message.length > 0 && message.length <= MESSAGE_LIMIT) {
                return message;
            }
        } catch (IOException e) {
            // told below, like any other that is none
        }
        throw new AwsException(
                400,
                "ValidationException",
                "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length"
                        + " less than or equal to " + MESSAGE_LIMIT + " and greater than or equal to 1");
    }

    private static KmsKey signing(KmsKey key) {
        if (!key.signs()) {
            throw new AwsException(
                    400,
                    "UnsupportedOperationException",
                    key.arn() + " key spec is " + key.spec() + " which is not valid for this operation");
        }
        return key;
    }

    private KmsKey key(AwsCall call, ObjectNode body, String action) {
        String written = body.path("KeyId").asText();
        KmsKey key = scene.state().accounts().stream()
                .flatMap(account -> account.keys().values().stream())
                .filter(each ->
                        each.isCalled(written, call.region(), call.known().account()))
                .findFirst()
                .orElseThrow(() -> new AwsException(400, "NotFoundException", "Key '" + written + "' does not exist"));
        String arn = key.arn();
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
}
