package org.physionet.provisioner.simulator.gcp;

import static org.physionet.provisioner.simulator.gcp.Route.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.SigningKey;

/** Cloud KMS as far as signing with Ed25519 needs it (v1 REST reference, cryptoKeyVersions). Keys come from the state. */
record KeysApi(GoogleState state, Call call, Caller caller, SignKey key) {
    static List<Route> routes() {
        Service s = Service.RESOURCE_MANAGER;
        String version = "/v1/projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}"
                + "/cryptoKeyVersions/{version}";
        String name = "cloudkms.projects.locations.keyRings.cryptoKeys.cryptoKeyVersions.";
        return List.of(
                read(
                        s,
                        "GET",
                        version + "/publicKey",
                        name + "getPublicKey",
                        (st, c) -> of(st, c, "cloudkms.cryptoKeyVersions.viewPublicKey")
                                .publicKey()),
                read(
                        s,
                        "POST",
                        version + ":asymmetricSign",
                        name + "asymmetricSign",
                        (st, c) -> of(st, c, "cloudkms.cryptoKeyVersions.useToSign")
                                .sign()));
    }

    private static KeysApi of(GoogleState state, Call call, String permission) {
        Caller caller = Caller.of(state, call);
        String name = "projects/" + call.variable("project") + "/locations/" + call.variable("location") + "/keyRings/"
                + call.variable("ring") + "/cryptoKeys/" + call.variable("key") + "/cryptoKeyVersions/"
                + call.variable("version");
        caller.need(permission, Target.project(state, call.variable("project")));
        SignKey key = Optional.ofNullable(state.keys.get(name))
                .orElseThrow(() -> GoogleError.notFound("CryptoKeyVersion " + name + " not found."));
        return new KeysApi(state, call, caller, key);
    }

    private SigningKey pair() {
        return SigningKey.of(key.name());
    }

    private Response publicKey() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair().publicKey())
                + "\n-----END PUBLIC KEY-----\n";
        ObjectNode json = Json.MAPPER.createObjectNode().put("pem", pem);
        json.put("algorithm", key.algorithm()).put("pemCrc32c", crc(pem.getBytes(StandardCharsets.UTF_8)));
        return Response.json(200, Json.text(json.put("name", key.name()).put("protectionLevel", "SOFTWARE")));
    }

    private Response sign() {
        ObjectNode body = call.json();
        byte[] data = data(body);
        boolean checked = body.has("dataCrc32c");
        if (checked && !body.path("dataCrc32c").asText().equals(crc(data))) {
            throw GoogleError.invalid("The checksum in field data_crc32c did not match the data in field data.");
        }
        if (!key.algorithm().equals(SignKey.PURE)) {
            throw GoogleError.invalid("Only keys of " + SignKey.PURE + " sign data here; this one is of "
                    + key.algorithm() + ", which signs a digest.");
        }
        byte[] signature = pair().sign(data);
        ObjectNode json = Json.MAPPER.createObjectNode().put("signature", signature);
        json.put("signatureCrc32c", crc(signature)).put("name", key.name());
        if (checked) {
            // False is the default, and Google's JSON leaves defaults out.
            json.put("verifiedDataCrc32c", true);
        }
        return Response.json(200, Json.text(json.put("protectionLevel", "SOFTWARE")));
    }

    private static byte[] data(ObjectNode body) {
        try {
            byte[] data = body.path("data").binaryValue();
            if (data != null) {
                return data;
            }
        } catch (IOException e) {
            // told below, like data that is missing
        }
        throw GoogleError.invalid("data must be given, base64.");
    }

    /** An int64 in JSON is text. */
    private static String crc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return String.valueOf(crc.getValue());
    }
}
