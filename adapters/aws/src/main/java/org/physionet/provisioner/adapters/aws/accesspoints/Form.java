package org.physionet.provisioner.adapters.aws.accesspoints;

import org.jspecify.annotations.Nullable;

/** How users are named in an access point's policy (facts/aws.md 0.2). Roles are named as principals in any form. */
public enum Form {
    /** As the access point has it; a new one in the condition. */
    KEEP,
    /** Unique ids in the condition {@code aws:userid}: nobody else can break a write. */
    CONDITION,
    /** Unique ids in the {@code Principal} element, as PhysioNet writes them. */
    PRINCIPAL;

    /**
     * Reads the catalog's value; null: keep.
     *
     * @throws IllegalArgumentException naming the key
     */
    public static Form of(@Nullable String option) {
        return switch (option) {
            case null -> KEEP;
            case "condition" -> CONDITION;
            case "principal" -> PRINCIPAL;
            case "account" ->
                throw new IllegalArgumentException(
                        "form: account is set as accounts: true, beside condition or principal for users: it lets in"
                                + " everybody whom a linked account's administrators choose");
            default ->
                throw new IllegalArgumentException("form: expected condition or principal, found \"" + option + "\"");
        };
    }
}
