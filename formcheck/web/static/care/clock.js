/** A clock in a thread of its own, which browsers let go on while a page is hidden: it sends back what it was sent, later. */

self.addEventListener("message", (event) => {
  const { id, ms } = event.data;
  self.setTimeout(() => self.postMessage(id), ms);
});
