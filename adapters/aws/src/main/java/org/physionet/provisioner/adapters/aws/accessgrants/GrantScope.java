package org.physionet.provisioner.adapters.aws.accessgrants;

import org.physionet.provisioner.adapters.aws.S3Location;

/** What a grant for one resource reaches, in the spelling of S3 Access Grants: {@code s3://BUCKET/PREFIX/*}. */
record GrantScope(S3Location location) {
    /** What every grant of the resource has as its scope. */
    String text() {
        return path() + "*";
    }

    /** Whether grants for the resource can be made in a registered location. */
    boolean isIn(String locationScope) {
        return path().startsWith(base(locationScope));
    }

    /**
     * What a grant says beside its location to have this scope (S3 API reference, CreateAccessGrant: the sub-prefix is appended to
     * the location's scope); empty: the location's scope is the resource's.
     */
    String subPrefix(String locationScope) {
        return locationScope.equals(text())
                ? ""
                : path().substring(base(locationScope).length()) + "*";
    }

    private String path() {
        return location.id().text();
    }

    /** A location is a bucket or the beginning of keys, with or without the star at its end. */
    private static String base(String locationScope) {
        String base =
                locationScope.endsWith("*") ? locationScope.substring(0, locationScope.length() - 1) : locationScope;
        boolean bareBucket = base.length() > "s3://".length() && base.indexOf('/', "s3://".length()) < 0;
        return bareBucket ? base + "/" : base;
    }
}
