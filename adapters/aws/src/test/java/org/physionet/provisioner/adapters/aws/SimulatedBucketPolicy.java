package org.physionet.provisioner.adapters.aws;

import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;

/** The same world with readers in the buckets' own policies; nothing else is in them at first. */
final class SimulatedBucketPolicy extends LayoutOfSimulatedAws {
    SimulatedBucketPolicy() {
        super("bucket-policy");
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        rival().addForeign(resource);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        return rival().hasForeign(resource);
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        rival().addPerson(resource, person);
    }

    private BucketRival rival() {
        return new BucketRival(aws().s3());
    }

    @Override
    public String readMethod() {
        return "s3.GetBucketPolicy";
    }

    @Override
    public String writeMethod() {
        return "s3.PutBucketPolicy";
    }
}
