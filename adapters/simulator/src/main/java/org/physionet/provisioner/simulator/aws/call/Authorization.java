package org.physionet.provisioner.simulator.aws.call;

import java.util.List;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.policy.ResourceLayer;
import org.physionet.provisioner.simulator.aws.wire.AwsException;

/** Asks the caller's own policies about calls on things that have no policy of their own. */
public final class Authorization {
    private final Scene scene;

    public Authorization(Scene scene) {
        this.scene = scene;
    }

    /** @throws AwsException 403 with the code that the service uses */
    public void require(AwsCall call, String action, String resource, String refusal) {
        require(call, action, resource, refusal, RequestContext.empty());
    }

    /**
     * @param more keys that only this service's requests have
     * @throws AwsException 403 with the code that the service uses
     */
    public void require(AwsCall call, String action, String resource, String refusal, RequestContext more) {
        Caller.Known caller = call.known();
        ResourceLayer layer = new ResourceLayer(
                ResourceLayer.Kind.ACCOUNT, "account " + caller.account(), caller.account(), resource, null, false);
        AccessDecision decision = AccessDecision.decide(
                caller, call.own(), action, List.of(layer), context(call, scene).and(more));
        if (!decision.allowed()) {
            throw new AwsException(
                    403,
                    refusal,
                    "User: " + caller.sessionArn() + " is not authorized to perform: " + action + " on resource: "
                            + resource + " because " + decision.because());
        }
    }

    /**
     * The keys that every request has. All requests count as encrypted and as coming from 127.0.0.1, since the simulator stands for
     * HTTPS end points; a proxy's headers {@code x-forwarded-proto} and {@code x-forwarded-for} say otherwise.
     */
    public static RequestContext context(AwsCall call, Scene scene) {
        boolean plain = call.header("x-forwarded-proto").filter("http"::equals).isPresent();
        return RequestContext.empty()
                .with("aws:CurrentTime", scene.now().toString())
                .with("aws:EpochTime", String.valueOf(scene.now().getEpochSecond()))
                .with("aws:SecureTransport", plain ? "false" : "true")
                .with("aws:SourceIp", call.header("x-forwarded-for").orElse("127.0.0.1"))
                .with("aws:RequestedRegion", call.region())
                .with("aws:UserAgent", call.header("user-agent").orElse(""));
    }
}
