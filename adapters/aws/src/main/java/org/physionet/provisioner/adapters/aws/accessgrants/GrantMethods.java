package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.Set;

/** The calls of this layout, named as in the provider's reference. */
final class GrantMethods {
    static final String LIST_LOCATIONS = "s3control.ListAccessGrantsLocations";
    static final String LIST = "s3control.ListAccessGrants";
    static final String LIST_TAGS = "s3control.ListTagsForResource";
    static final String CREATE_INSTANCE = "s3control.CreateAccessGrantsInstance";
    static final String CREATE_LOCATION = "s3control.CreateAccessGrantsLocation";
    static final String CREATE = "s3control.CreateAccessGrant";
    static final String DELETE = "s3control.DeleteAccessGrant";

    private GrantMethods() {}

    static Set<String> all() {
        return Set.of(LIST_LOCATIONS, LIST, LIST_TAGS, CREATE_INSTANCE, CREATE_LOCATION, CREATE, DELETE);
    }
}
