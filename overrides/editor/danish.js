// The texts missing from Decap's own Danish translation (decap-cms-locales, 3.16.3), as far as they appear here.

export const missingWords = {
  collection: {
    collectionTop: { newButton: "Ny: %{collectionLabel}", viewAsList: "Vis som liste", viewAsGrid: "Vis som kort" },
    entries: { unpublishedHeader: "Endnu ikke udgivet" },
  },
  editor: {
    editor: {
      onLeavePage: "Du har skrevet noget, der ikke er gemt. Det går tabt, hvis du forlader siden. Vil du forlade den alligevel?",
      confirmLoadBackup: "Du har før skrevet noget på denne side uden at gemme det. Vil du fortsætte med det? Vælger du »Annuller«, ser du siden, som den er gemt, og det, du skrev, går tabt.",
    },
    editorControl: { field: { widgetLabel: "Feltet %{widgetLabel}" } },
    editorInterface: {
      toggleI18n: "Vis eller skjul sprog",
      togglePreview: "Vis eller skjul forhåndsvisning",
      toggleScrollSync: "Rul sammen",
      toggleNotes: "Vis eller skjul noter",
    },
    editorNotesPane: {
      title: "Noter",
      emptyState: "Der er ingen noter endnu.",
      addNote: "Tilføj note",
      addPlaceholder: "Skriv en note …",
      editPlaceholder: "Ret noten …",
      save: "Gem",
      cancel: "Fortryd",
      edit: "Ret",
      delete: "Slet",
      resolve: "Afslut",
      unresolve: "Genåbn",
      confirmDelete: "Vil du slette noten?",
      shortcut: "Ctrl+Enter tilføjer noten",
    },
    editorToolbar: { backCollection: "Tilbage til %{collectionLabel}", deleteEntry: "Slet siden", deployPreviewButtonLabel: "Se forhåndsvisning", deployPreviewPendingButtonLabel: "Find forhåndsvisning" },
    editorWidgets: {
      object: { expand: "Fold ud", collapse: "Fold sammen" },
    },
  },
  mediaLibrary: { mediaLibraryModal: { close: "Luk" } },
  ui: {
    settingsDropdown: { account: "Din konto" },
    toast: {
      noteAdded: "Noten er tilføjet",
      onFailToAddNote: "Noten kunne ikke tilføjes: %{details}",
      noteUpdated: "Noten er rettet",
      onFailToUpdateNote: "Noten kunne ikke rettes: %{details}",
      noteDeleted: "Noten er slettet",
      onFailToDeleteNote: "Noten kunne ikke slettes: %{details}",
      noteResolved: "Noten er afsluttet",
      noteReopened: "Noten er genåbnet",
      onFailToToggleNote: "Noten kunne ikke ændres: %{details}",
    },
  },
};

// The words where a save is a save: on this machine, where nothing is published by it.
export const wordsForSaving = {
  editor: {
    editorToolbar: {
      publish: "Gem",
      publishNow: "Gem nu",
      publishAndCreateNew: "Gem, og begynd en ny",
      publishAndDuplicate: "Gem, og begynd en kopi",
      published: "Gemt",
      publishing: "Gemmer …",
      duplicate: "Begynd en kopi",
    },
  },
};
