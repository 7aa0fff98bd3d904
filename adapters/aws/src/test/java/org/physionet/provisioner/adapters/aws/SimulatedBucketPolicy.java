package org.physionet.provisioner.adapters.aws;

import java.util.List;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;

/** The same world with readers in the buckets' own policies; nothing else is in them at first. */
final class SimulatedBucketPolicy implements ContractWorld {
    private final SimulatedAws aws = new SimulatedAws();
    private int next;

    @Override
    public AdapterProvider provider() {
        return aws.provider();
    }

    @Override
    public Settings settings() {
        return aws.settings();
    }

    @Override
    public synchronized Resource newResource() {
        String bucket = "small-bucket-" + ++next;
        aws.s3().createBucket(r -> r.bucket(bucket));
        return ScriptedAws.resource(bucket + "/mimiciv/3.1/", "bucket-policy");
    }

    @Override
    public Resource missingResource() {
        return ScriptedAws.resource("no-such-bucket-here/mimiciv/3.1/", "bucket-policy");
    }

    @Override
    public CloudAccount person(int number) {
        return aws.person(number);
    }

    @Override
    public CloudAccount stranger(int number) {
        return aws.stranger(number);
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        new BucketRival(aws.s3()).addForeign(resource);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        return new BucketRival(aws.s3()).hasForeign(resource);
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        new BucketRival(aws.s3()).addPerson(resource, person);
    }

    @Override
    public boolean canRead(Resource resource, CloudAccount person) {
        return aws.canRead(resource, person);
    }

    @Override
    public String readMethod() {
        return "s3.GetBucketPolicy";
    }

    @Override
    public String writeMethod() {
        return "s3.PutBucketPolicy";
    }

    @Override
    public void trouble(String method, Trouble trouble) {
        aws.trouble(method, trouble);
    }

    @Override
    public List<SeenCalls> calls() {
        return aws.calls();
    }

    @Override
    public void forgetCalls() {
        aws.forgetCalls();
    }

    @Override
    public void close() {
        aws.close();
    }
}
