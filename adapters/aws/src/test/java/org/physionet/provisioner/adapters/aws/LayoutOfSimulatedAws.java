package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;

/** The simulated world with resources of another layout than access points. */
abstract class LayoutOfSimulatedAws implements ContractWorld {
    private final SimulatedAws aws = new SimulatedAws();
    private final AtomicInteger buckets = new AtomicInteger();
    private final String layout;

    LayoutOfSimulatedAws(String layout) {
        this.layout = layout;
    }

    final SimulatedAws aws() {
        return aws;
    }

    @Override
    public final AdapterProvider provider() {
        return aws.provider();
    }

    @Override
    public Settings settings() {
        return aws.settings();
    }

    @Override
    public final Resource newResource() {
        String bucket = layout + "-bucket-" + buckets.incrementAndGet();
        aws.s3().createBucket(r -> r.bucket(bucket));
        return ScriptedAws.resource(bucket + "/mimiciv/3.1/", layout);
    }

    @Override
    public final Resource missingResource() {
        return ScriptedAws.resource("no-such-bucket-here/mimiciv/3.1/", layout);
    }

    @Override
    public final CloudAccount person(int number) {
        return aws.person(number);
    }

    @Override
    public final CloudAccount stranger(int number) {
        return aws.stranger(number);
    }

    @Override
    public final boolean canRead(Resource resource, CloudAccount person) {
        return aws.canRead(resource, person);
    }

    @Override
    public final void trouble(String method, Trouble trouble) {
        aws.trouble(method, trouble);
    }

    @Override
    public final List<SeenCalls> calls() {
        return aws.calls();
    }

    @Override
    public final void forgetCalls() {
        aws.forgetCalls();
    }

    @Override
    public final void close() {
        aws.close();
    }
}
