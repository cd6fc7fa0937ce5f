// What JavaScript does on the page at a former URL: it goes on to the current URL, and takes the query and the anchor along.

location.replace(document.currentScript.dataset.target + location.search + location.hash);
