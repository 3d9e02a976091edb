/**
 * Models where people keep them: folders, the Hugging Face hub, and the cache on disk that Hugging
 * Face's own tools use. {@link io.sa2va.core.hub.HubClient} finds and fetches models, {@link
 * io.sa2va.core.hub.ModelCache} looks after those that are here. {@code docs/hub.md} has the
 * protocol.
 */
package io.sa2va.core.hub;
